// Approximate optimisation of the largest cut of a ring of four, two rounds. Farhi, Goldstone, Gutmann, arXiv:1411.4028
OPENQASM 3.0;
include "stdgates.inc";
// circuit "qaoa_ring"; q[0] is the least significant bit
// parameters
input float gamma_0;
input float beta_0;
input float gamma_1;
input float beta_1;
gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }
qubit[4] q;
h q[0];
h q[1];
h q[2];
h q[3];
rzz(2.0*gamma_0) q[0], q[1];
rzz(2.0*gamma_0) q[1], q[2];
rzz(2.0*gamma_0) q[2], q[3];
rzz(2.0*gamma_0) q[3], q[0];
rx(2.0*beta_0) q[0];
rx(2.0*beta_0) q[1];
rx(2.0*beta_0) q[2];
rx(2.0*beta_0) q[3];
rzz(2.0*gamma_1) q[0], q[1];
rzz(2.0*gamma_1) q[1], q[2];
rzz(2.0*gamma_1) q[2], q[3];
rzz(2.0*gamma_1) q[3], q[0];
rx(2.0*beta_1) q[0];
rx(2.0*beta_1) q[1];
rx(2.0*beta_1) q[2];
rx(2.0*beta_1) q[3];
