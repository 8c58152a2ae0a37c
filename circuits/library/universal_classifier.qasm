// One-qubit classifier of points in the plane, weights times data added to the angles of three layers. Pérez-Salinas et al., arXiv:1907.02085
OPENQASM 3.0;
include "stdgates.inc";
// circuit "universal_classifier"; q[0] is the least significant bit
// data
input float x_0; // daruan: data
input float x_1; // daruan: data
// parameters
input float theta_0_0;
input float theta_0_1;
input float w_0_0;
input float theta_0_2;
input float w_0_1;
input float theta_1_0;
input float theta_1_1;
input float w_1_0;
input float theta_1_2;
input float w_1_1;
input float theta_2_0;
input float theta_2_1;
input float w_2_0;
input float theta_2_2;
input float w_2_1;
qubit[1] q;
rz(theta_0_0) q[0];
ry(theta_0_1 + w_0_0*x_0) q[0];
rz(theta_0_2 + w_0_1*x_1) q[0];
rz(theta_1_0) q[0];
ry(theta_1_1 + w_1_0*x_0) q[0];
rz(theta_1_2 + w_1_1*x_1) q[0];
rz(theta_2_0) q[0];
ry(theta_2_1 + w_2_0*x_0) q[0];
rz(theta_2_2 + w_2_1*x_1) q[0];
