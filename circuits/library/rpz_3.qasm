// One trained RY before each RZ(w·x + b), bias always trained; r = 3. Jiang et al., arXiv:2509.14026
OPENQASM 3.0;
include "stdgates.inc";
// circuit "rpz_3"; q[0] is the least significant bit
// data
input float x_; // daruan: data x
// parameters
input float theta_0_0;
input float w_0;
input float b_0;
input float theta_1_0;
input float w_1;
input float b_1;
input float theta_2_0;
input float w_2;
input float b_2;
input float theta_3_0;
qubit[1] q;
h q[0];
ry(theta_0_0) q[0];
rz(w_0*x_ + b_0) q[0];
ry(theta_1_0) q[0];
rz(w_1*x_ + b_1) q[0];
ry(theta_2_0) q[0];
rz(w_2*x_ + b_2) q[0];
ry(theta_3_0) q[0];
