// RX(3^q·x) on qubit q: every whole frequency up to (3ⁿ − 1)/2. Shin, Teo, Jeong, arXiv:2206.12105
OPENQASM 3.0;
include "stdgates.inc";
// circuit "exponential_encoding"; q[0] is the least significant bit
// data
input float x_; // daruan: data x
// parameters
input float theta_0_0_0;
input float theta_0_0_1;
input float theta_0_0_2;
input float theta_0_1_0;
input float theta_0_1_1;
input float theta_0_1_2;
input float theta_0_2_0;
input float theta_0_2_1;
input float theta_0_2_2;
input float theta_1_0_0;
input float theta_1_0_1;
input float theta_1_0_2;
input float theta_1_1_0;
input float theta_1_1_1;
input float theta_1_1_2;
input float theta_1_2_0;
input float theta_1_2_1;
input float theta_1_2_2;
qubit[3] q;
rz(theta_0_0_0) q[0];
ry(theta_0_0_1) q[0];
rz(theta_0_0_2) q[0];
rz(theta_0_1_0) q[1];
ry(theta_0_1_1) q[1];
rz(theta_0_1_2) q[1];
rz(theta_0_2_0) q[2];
ry(theta_0_2_1) q[2];
rz(theta_0_2_2) q[2];
cx q[0], q[1];
cx q[1], q[2];
cx q[2], q[0];
rx(1.0*x_) q[0];
rx(3.0*x_) q[1];
rx(9.0*x_) q[2];
rz(theta_1_0_0) q[0];
ry(theta_1_0_1) q[0];
rz(theta_1_0_2) q[0];
rz(theta_1_1_0) q[1];
ry(theta_1_1_1) q[1];
rz(theta_1_1_2) q[1];
rz(theta_1_2_0) q[2];
ry(theta_1_2_1) q[2];
rz(theta_1_2_2) q[2];
cx q[0], q[1];
cx q[1], q[2];
cx q[2], q[0];
