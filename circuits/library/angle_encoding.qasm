// One variable a qubit as RY(x_q), then CNOTs and trained RY. Schuld, Petruccione, doi:10.1007/978-3-030-83098-4
OPENQASM 3.0;
include "stdgates.inc";
// circuit "angle_encoding"; q[0] is the least significant bit
// data
input float x_0; // daruan: data
input float x_1; // daruan: data
input float x_2; // daruan: data
// parameters
input float theta_0;
input float theta_1;
input float theta_2;
qubit[3] q;
ry(x_0) q[0];
ry(x_1) q[1];
ry(x_2) q[2];
cx q[0], q[1];
cx q[1], q[2];
ry(theta_0) q[0];
ry(theta_1) q[1];
ry(theta_2) q[2];
