// RZ RX before each RY(w·x + b): not flat where all angles vanish; r = 3. Jiang et al., arXiv:2509.14026
OPENQASM 3.0;
include "stdgates.inc";
// circuit "mix_3"; q[0] is the least significant bit
// data
input float x_; // daruan: data x
// parameters
input float theta_0_0;
input float theta_0_1;
input float w_0;
input float b_0;
input float theta_1_0;
input float theta_1_1;
input float w_1;
input float b_1;
input float theta_2_0;
input float theta_2_1;
input float w_2;
input float b_2;
input float theta_3_0;
input float theta_3_1;
qubit[1] q;
h q[0];
rz(theta_0_0) q[0];
rx(theta_0_1) q[0];
ry(w_0*x_ + b_0) q[0];
rz(theta_1_0) q[0];
rx(theta_1_1) q[0];
ry(w_1*x_ + b_1) q[0];
rz(theta_2_0) q[0];
rx(theta_2_1) q[0];
ry(w_2*x_ + b_2) q[0];
rz(theta_3_0) q[0];
rx(theta_3_1) q[0];
