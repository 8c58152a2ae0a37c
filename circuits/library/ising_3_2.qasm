// A function of three variables as longitudinal fields of an Ising chain. Trotter steps of the transverse-field Ising model
OPENQASM 3.0;
include "stdgates.inc";
// circuit "ising_3_2"; q[0] is the least significant bit
// data
input float x_0; // daruan: data
input float x_1; // daruan: data
input float x_2; // daruan: data
// parameters
input float coupling_0_0;
input float coupling_0_1;
input float field_0_0;
input float field_0_1;
input float field_0_2;
input float coupling_1_0;
input float coupling_1_1;
input float field_1_0;
input float field_1_1;
input float field_1_2;
input float coupling_2_0;
input float coupling_2_1;
input float field_2_0;
input float field_2_1;
input float field_2_2;
gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }
qubit[3] q;
h q[0];
h q[1];
h q[2];
rzz(coupling_0_0) q[0], q[1];
rzz(coupling_0_1) q[1], q[2];
rx(field_0_0) q[0];
rx(field_0_1) q[1];
rx(field_0_2) q[2];
rz(x_0) q[0];
rz(x_1) q[1];
rz(x_2) q[2];
rzz(coupling_1_0) q[0], q[1];
rzz(coupling_1_1) q[1], q[2];
rx(field_1_0) q[0];
rx(field_1_1) q[1];
rx(field_1_2) q[2];
rz(x_0) q[0];
rz(x_1) q[1];
rz(x_2) q[2];
rzz(coupling_2_0) q[0], q[1];
rzz(coupling_2_1) q[1], q[2];
rx(field_2_0) q[0];
rx(field_2_1) q[1];
rx(field_2_2) q[2];
