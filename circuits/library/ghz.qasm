// (|0000⟩ + |1111⟩)/√2. Greenberger, Horne, Zeilinger, arXiv:0712.0921
OPENQASM 3.0;
include "stdgates.inc";
// circuit "ghz"; q[0] is the least significant bit
qubit[4] q;
h q[0];
cx q[0], q[1];
cx q[1], q[2];
cx q[2], q[3];
