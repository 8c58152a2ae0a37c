// Three times the same encoding RX(x) one after the other, any rotation between. Schuld, Sweke, Meyer, arXiv:2008.08605
OPENQASM 3.0;
include "stdgates.inc";
// circuit "serial_encoding"; q[0] is the least significant bit
// data
input float x_; // daruan: data x
// parameters
input float theta_0_0;
input float theta_0_1;
input float theta_0_2;
input float theta_1_0;
input float theta_1_1;
input float theta_1_2;
input float theta_2_0;
input float theta_2_1;
input float theta_2_2;
input float theta_3_0;
input float theta_3_1;
input float theta_3_2;
qubit[1] q;
rz(theta_0_0) q[0];
ry(theta_0_1) q[0];
rz(theta_0_2) q[0];
rx(x_) q[0];
rz(theta_1_0) q[0];
ry(theta_1_1) q[0];
rz(theta_1_2) q[0];
rx(x_) q[0];
rz(theta_2_0) q[0];
ry(theta_2_1) q[0];
rz(theta_2_2) q[0];
rx(x_) q[0];
rz(theta_3_0) q[0];
ry(theta_3_1) q[0];
rz(theta_3_2) q[0];
