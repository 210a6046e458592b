/**
 * Letters that are a form of another by their name in Unicode 17.0: with a stroke or hook, small capital, turned,
 * squared. Made by test/text/tables/make.ts; see there for how to make it again, NOTICE.md for its licence.
 *
 * Groups as in confusables.ts.
 */
export const forms = `
2p:1t,e1,m,59s,3z,2xi,a,2hgh,w,3a;2q:1u,e9,2e,57u,2x,k,r9y,1,1t4q,w,3a;2r:1v,91,4z,q,1u,wiv,1,2b,1,1,1c,1phn,e
,3lh,w,3a;2s:1w,93,46,5b8,2w,k,g,r8o,26,1,1pi5,3la,w,3a;2t:1x,95,2,25,3f,4,1,1,1o,57x,3v,1,1,2xw,3,p14,1,1sf4,
w,3a;2u:1y,5rw,r72,23,1,1t5l,w,3a;2v:1z,ez,1l,5b0,2,r9g,1,1,x,1,b,10,1,o5,1osr,1,3mc,w,3a;2w:20,f1,1j,i,1,88p,
d,1,obb,t,23,1,1t29,w,3a;2x:5qh,3x,ra0,1pik,3lq,w,3a;2y:22,dp,14,11,p,57x,2ki7,w,3a;2z:23,gj,5ba,2xy,o9j,1,1,1
,1,2l,1,d,1phv,d,3m2,w,3a;30:24,dk,9,1b,1f,57x,3d,2xn,1,1,o9y,1,1j,1,d,v,p6,1,1,1osr,d,2,j,3lh,w,3a;31:25,g0,4
s3,jq,2y0,p1o,1sf6,w,3a;32:26,cy,l,1p,2,596,3d,r9l,1,j,1,pi,1oto,3li,w,3a;33:27,8n,5q,5a6,1,3o,2xv,o9e,1,1pla,
3lv,w,3a;34:28,5oo,2h,n,2xn,oa5,1,1,1,1,1,1t6y,w,b,2z;35:29,e1,1,wln,1,1,1,2e,1t4h,w,3a;36:2a,e2,19,1,1,3,1,1,
1,594,1,33,2xn,l,o9u,13,1,z,1,pr,3,2,1,s,1ork,d,1,i,3ll,w,3a;37:2b,do,5e3,7m,2qq,oau,1,z,1,s,4,1,2,1,1pht,b,3l
l,w,3a;38:2c,9j,3v,29,1,58z,30r,obk,1,1pj6,4,t,3ll,w,3a;39:2d,5oo,3g,ra7,1,1t4b,w,3a;3a:2e,9o,43,1z,5m8,1,2no,
3,oa2,1,1t6u,w,3a;3b:2f,91,5w,59r,30z,1,ocv,1,1j,1t2k,w,3a;3c:2g,5rp,s09,1,1,1,1sem,w,3a;3d:2h,fp,5m8,2gi0,3mq
,w,3a;3e:2i,di,29,5bx,2xp,1,j,ocn,1t43,w,3a;sz:wk,2q,4;t6:ws,13;t7:102,e,e;t9:10i,6;tb:x2,3i;tc:we;te:wwa;th:z
g,2;tj:xi,2;tv:wl,2q,4;u2:wt,13;u3:103,e,e;u5:10j,6;u7:x3,3i;u8:wf;ua:wwb;ud:xf,22,2;uf:xj,2;xm:10m;xn:10n;12t
:13c
`
