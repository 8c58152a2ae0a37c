// Twice Hadamard gates and diagonal gates of data and of their products. Havlíček et al., arXiv:1804.11326
OPENQASM 3.0;
include "stdgates.inc";
// circuit "iqp_feature_map"; q[0] is the least significant bit
// data
input float x_0; // daruan: data
input float x_1; // daruan: data
gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }
qubit[2] q;
h q[0];
h q[1];
rz(-2.0*x_0) q[0];
rz(-2.0*x_1) q[1];
rzz(-2.0*(3.141592653589793 - x_0)*(3.141592653589793 - x_1)) q[0], q[1];
h q[0];
h q[1];
rz(-2.0*x_0) q[0];
rz(-2.0*x_1) q[1];
rzz(-2.0*(3.141592653589793 - x_0)*(3.141592653589793 - x_1)) q[0], q[1];
