// ⟨Z⟩ of qubit 0 is the overlap |⟨ψ(x)|ψ(y)⟩|² of two one-qubit states. Buhrman et al., arXiv:quant-ph/0102001
OPENQASM 3.0;
include "stdgates.inc";
// circuit "swap_test"; q[0] is the least significant bit
// data
input float x_; // daruan: data x
input float y_; // daruan: data y
qubit[3] q;
ry(x_) q[1];
ry(y_) q[2];
h q[0];
cswap q[0], q[1], q[2];
h q[0];
