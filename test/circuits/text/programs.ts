/** OpenQASM 2 programs that use the language widely. */
export const programs2: readonly string[] = [
  `OPENQASM 2.0;
include "qelib1.inc";
// a comment; with h q[0]; inside
gate majority a,b,c { cx c,b; cx c,a; ccx a,b,c; }
gate turn(theta, phi) q { u3(theta/2, -phi, phi^2*1.5e-1) q; barrier q; rz(-(pi/4 + sin(theta))) q; }
opaque unknown(alpha) a, b;
qreg q[4];
qreg anc[4];
creg c[4];
creg d[1];
h q;
cx q, anc;
turn(0.25, ln(2.0)) q[1];
majority q[0], q[1], anc[2];
u2(0,pi) anc; cu1(pi/8) q[0],q[1]; cu3(0.1,0.2,0.3) q[2],anc[2]; rzz(.5) q[0],q[3];
barrier q, anc[0];
measure q -> c;
measure anc[0] -> d[0];
if(c==5) x anc[1];
reset anc[3];
U(0.1,0.2,0.3) q[0]; CX q[0], q[1];`,
  `OPENQASM 2.0; include "qelib1.inc"; qreg a[5]; creg m[5];
swap a[0],a[1]; cswap a[0],a[1],a[2]; crx(1) a[0],a[1]; cry(-1e-3) a[1],a[2]; csx a[0],a[1]; sx a[0]; sxdg a[1];
cp(pi) a[0],a[1]; p(pi/2) a; u(1,2,3) a[2]; u0(1) a[3]; cu(1,2,3,4) a[0],a[4]; rxx(0.3) a[0],a[1];
rccx a[0],a[1],a[2]; rc3x a[0],a[1],a[2],a[3]; c3x a[0],a[1],a[2],a[3]; c3sqrtx a[0],a[1],a[2],a[3]; c4x a[0],a[1],a[2],a[3],a[4];
measure a -> m;`,
];

/** OpenQASM 3 programs likewise. */
export const programs3: readonly string[] = [
  `OPENQASM 3.0;
include "stdgates.inc";
/* a comment
   of two lines */
input float[64] theta;
input angle phi;
const int n = 4;
const float step = 2*pi/n;
qubit[n] q;
qubit extra;
bit[n] c;
bit flag;
gate rzz(t) a, b { cx a, b; rz(t) b; cx a, b; }
gate chain(t) a, b, c { for int i in [1:2] { rzz(t/i) a, b; } inv @ rzz(t) b, c; }
let half = q[0:1] ++ q[{3}];
h half;
for uint i in [0:2:n-1] { rx(theta*i + step) q[i]; }
for int k in {0, 2} ry(phi**2/(k + 1)) q[k];
chain(arcsin(theta)) q[0], q[1], q[2];
ctrl @ rx(0.5) q[0], q[1];
negctrl(2) @ ctrl @ inv @ pow(3) @ t q[0], q[1], q[2], q[3];
pow(1/2.0) @ z q[0];
pow(-2) @ s q[-1];
ctrl(2) @ gphase(pi/3) q[0], q[1];
gphase(-theta);
U(0.1, 0.2, 0.3) q[0];
c = measure q;
flag = measure extra;
if (c == 5 && !flag) { x q[0]; } else { reset q[1]; }
if (c[0] == 1 || flag != 0) z q[2];
measure q[0] -> c[0];
barrier;`,
  `include "stdgates.inc"; qreg q[2]; creg c[2]; cu(0.1,0.2,0.3,0.4) q[0],q[1]; u3(1,2,3) q[0]; u2(1,2) q[1]; CX q[0],q[1];
bit m = measure q[0]; int k = 7 % 4; rx(k/2) q; rx(mod(7.5, 2)) q[0]; if (true) { x q; } if (k > 5) { y q; }`,
];
