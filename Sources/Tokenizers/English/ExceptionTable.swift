// Written by CTokenizerData/export_facts.py.

/// The tokens of each exception of spaCy 3.8.18's English tokenizer (MIT licence, Explosion AI;
/// see NOTICE), a line each, but for the four that are white space, which are one token anyway.
let englishExceptions = #"""
  '
  ''
  'Cause
  'Cos
  'Coz
  'Cuz
  'S
  'bout
  'cause
  'cos
  'coz
  'cuz
  'd
  'em
  'll
  'nuff
  're
  's
  (*_*)
  (-8
  (-:
  (-;
  (-_-)
  (._.)
  (:
  (;
  (=
  (>_<)
  (^_^)
  (o:
  (\#u{AC}_\#u{AC})
  (\#u{CA0}_\#u{CA0})
  (\#u{256F}\#u{B0}\#u{25A1}\#u{B0}\#u{FF09}\#u{256F}\#u{FE35}\#u{253B}\#u{2501}\#u{253B}
  )-:
  ):
  -_-
  -__-
  ._.
  0.0
  0.o
  0_0
  0_o
  10 a.m.
  10 am
  10 p.m.
  10 pm
  11 a.m.
  11 am
  11 p.m.
  11 pm
  12 a.m.
  12 am
  12 p.m.
  12 pm
  1 a.m.
  1 am
  1 p.m.
  1 pm
  2 a.m.
  2 am
  2 p.m.
  2 pm
  3 a.m.
  3 am
  3 p.m.
  3 pm
  4 a.m.
  4 am
  4 p.m.
  4 pm
  5 a.m.
  5 am
  5 p.m.
  5 pm
  6 a.m.
  6 am
  6 p.m.
  6 pm
  7 a.m.
  7 am
  7 p.m.
  7 pm
  8)
  8-)
  8-D
  8D
  8 a.m.
  8 am
  8 p.m.
  8 pm
  9 a.m.
  9 am
  9 p.m.
  9 pm
  :'(
  :')
  :'-(
  :'-)
  :(
  :((
  :(((
  :()
  :)
  :))
  :)))
  :*
  :-(
  :-((
  :-(((
  :-)
  :-))
  :-)))
  :-*
  :-/
  :-0
  :-3
  :->
  :-D
  :-O
  :-P
  :-X
  :-]
  :-o
  :-p
  :-x
  :-|
  :-}
  :/
  :0
  :1
  :3
  :>
  :D
  :O
  :P
  :X
  :]
  :o
  :o)
  :p
  :x
  :|
  :}
  :\#u{2019}(
  :\#u{2019})
  :\#u{2019}-(
  :\#u{2019}-)
  ;)
  ;-)
  ;-D
  ;D
  ;_;
  <.<
  </3
  <3
  <33
  <333
  <space>
  =(
  =)
  =/
  =3
  =D
  =[
  =]
  =|
  >.<
  >.>
  >:(
  >:o
  ><(((*>
  @_@
  Adm.
  Ai n't
  Ai nt
  Ai n\#u{2019}t
  Ak.
  Ala.
  Apr.
  Are n't
  Are nt
  Are n\#u{2019}t
  Ariz.
  Ark.
  Aug.
  Bros.
  C'm on
  C++
  Calif.
  Ca n't
  Ca n't 've
  Can not
  Ca nt
  Ca nt ve
  Ca n\#u{2019}t
  Ca n\#u{2019}t \#u{2019}ve
  Co.
  Colo.
  Conn.
  Corp.
  Could 've
  Could n't
  Could n't 've
  Could nt
  Could nt ve
  Could n\#u{2019}t
  Could n\#u{2019}t \#u{2019}ve
  Could ve
  Could \#u{2019}ve
  C\#u{2019}m on
  D.C.
  Dare n't
  Dare nt
  Dare n\#u{2019}t
  Dec.
  Del.
  Did n't
  Did n't 've
  Did nt
  Did nt ve
  Did n\#u{2019}t
  Did n\#u{2019}t \#u{2019}ve
  Does n't
  Does n't 've
  Does nt
  Does nt ve
  Does n\#u{2019}t
  Does n\#u{2019}t \#u{2019}ve
  Doin
  Doin'
  Doin\#u{2019}
  Do n't
  Do n't 've
  Do nt
  Do nt ve
  Do n\#u{2019}t
  Do n\#u{2019}t \#u{2019}ve
  Dr.
  E.G.
  E.g.
  Feb.
  Fla.
  Ga.
  Gen.
  Goin
  Goin'
  Goin\#u{2019}
  Gon na
  Got ta
  Gov.
  Had n't
  Had n't 've
  Had nt
  Had nt ve
  Had n\#u{2019}t
  Had n\#u{2019}t \#u{2019}ve
  Has n't
  Has nt
  Has n\#u{2019}t
  Have n't
  Have nt
  Have n\#u{2019}t
  Havin
  Havin'
  Havin\#u{2019}
  He 'd
  He 'd 've
  He 'll
  He 'll 've
  He 's
  He d
  He d ve
  He ll ve
  He s
  He \#u{2019}d
  He \#u{2019}d \#u{2019}ve
  He \#u{2019}ll
  He \#u{2019}ll \#u{2019}ve
  He \#u{2019}s
  How 'd
  How 'd 've
  How 'd 'y
  How 'll
  How 'll 've
  How 're
  How 's
  How 've
  How d
  How d ve
  How ll
  How ll ve
  How re
  How s
  How ve
  How \#u{2019}d
  How \#u{2019}d \#u{2019}ve
  How \#u{2019}d \#u{2019}y
  How \#u{2019}ll
  How \#u{2019}ll \#u{2019}ve
  How \#u{2019}re
  How \#u{2019}s
  How \#u{2019}ve
  I 'd
  I 'd 've
  I 'll
  I 'll 've
  I 'm
  I 'm a
  I 've
  I.E.
  I.e.
  Ia.
  I d
  Id.
  I d ve
  Ill.
  I ll ve
  I m
  I m a
  Inc.
  Ind.
  Is n't
  Is nt
  Is n\#u{2019}t
  It 'd
  It 'd 've
  It 'll
  It 'll 've
  It 's
  It d
  It d ve
  It ll
  It ll ve
  It \#u{2019}d
  It \#u{2019}d \#u{2019}ve
  It \#u{2019}ll
  It \#u{2019}ll \#u{2019}ve
  It \#u{2019}s
  I ve
  I \#u{2019}d
  I \#u{2019}d \#u{2019}ve
  I \#u{2019}ll
  I \#u{2019}ll \#u{2019}ve
  I \#u{2019}m
  I \#u{2019}m a
  I \#u{2019}ve
  Jan.
  Jr.
  Jul.
  Jun.
  Kan.
  Kans.
  Ky.
  La.
  Let 's
  Let \#u{2019}s
  Lovin
  Lovin'
  Lovin\#u{2019}
  Ltd.
  Ma'am
  Mar.
  Mass.
  May n't
  May n't 've
  May nt
  May nt ve
  May n\#u{2019}t
  May n\#u{2019}t \#u{2019}ve
  Ma\#u{2019}am
  Md.
  Messrs.
  Mich.
  Might 've
  Might n't
  Might n't 've
  Might nt
  Might nt ve
  Might n\#u{2019}t
  Might n\#u{2019}t \#u{2019}ve
  Might ve
  Might \#u{2019}ve
  Minn.
  Miss.
  Mo.
  Mont.
  Mr.
  Mrs.
  Ms.
  Mt.
  Must 've
  Must n't
  Must n't 've
  Must nt
  Must nt ve
  Must n\#u{2019}t
  Must n\#u{2019}t \#u{2019}ve
  Must ve
  Must \#u{2019}ve
  N.C.
  N.D.
  N.H.
  N.J.
  N.M.
  N.Y.
  Neb.
  Nebr.
  Need n't
  Need n't 've
  Need nt
  Need nt ve
  Need n\#u{2019}t
  Need n\#u{2019}t \#u{2019}ve
  Nev.
  Not 've
  Nothin
  Nothin'
  Nothin\#u{2019}
  Not ve
  Not \#u{2019}ve
  Nov.
  Nuthin
  Nuthin'
  Nuthin\#u{2019}
  O'clock
  O.O
  O.o
  O_O
  O_o
  Oct.
  Okla.
  Ol
  Ol'
  Ol\#u{2019}
  Ore.
  Ought n't
  Ought n't 've
  Ought nt
  Ought nt ve
  Ought n\#u{2019}t
  Ought n\#u{2019}t \#u{2019}ve
  O\#u{2019}clock
  Pa.
  Ph.D.
  Prof.
  Rep.
  Rev.
  S.C.
  Sen.
  Sep.
  Sept.
  Sha n't
  Sha n't 've
  Sha nt
  Sha nt ve
  Sha n\#u{2019}t
  Sha n\#u{2019}t \#u{2019}ve
  She 'd
  She 'd 've
  She 'll
  She 'll 've
  She 's
  She d ve
  She ll ve
  She s
  She \#u{2019}d
  She \#u{2019}d \#u{2019}ve
  She \#u{2019}ll
  She \#u{2019}ll \#u{2019}ve
  She \#u{2019}s
  Should 've
  Should n't
  Should n't 've
  Should nt
  Should nt ve
  Should n\#u{2019}t
  Should n\#u{2019}t \#u{2019}ve
  Should ve
  Should \#u{2019}ve
  Somethin
  Somethin'
  Somethin\#u{2019}
  St.
  Tenn.
  That 'd
  That 'd 've
  That 'll
  That 'll 've
  That 's
  That d
  That d ve
  That ll
  That ll ve
  That s
  That \#u{2019}d
  That \#u{2019}d \#u{2019}ve
  That \#u{2019}ll
  That \#u{2019}ll \#u{2019}ve
  That \#u{2019}s
  There 'd
  There 'd 've
  There 'll
  There 'll 've
  There 're
  There 's
  There 've
  There d
  There d ve
  There ll
  There ll ve
  There re
  There s
  There ve
  There \#u{2019}d
  There \#u{2019}d \#u{2019}ve
  There \#u{2019}ll
  There \#u{2019}ll \#u{2019}ve
  There \#u{2019}re
  There \#u{2019}s
  There \#u{2019}ve
  These 'd
  These 'd 've
  These 'll
  These 'll 've
  These 're
  These 've
  These d
  These d ve
  These ll
  These ll ve
  These re
  These ve
  These \#u{2019}d
  These \#u{2019}d \#u{2019}ve
  These \#u{2019}ll
  These \#u{2019}ll \#u{2019}ve
  These \#u{2019}re
  These \#u{2019}ve
  They 'd
  They 'd 've
  They 'll
  They 'll 've
  They 're
  They 've
  They d
  They d ve
  They ll
  They ll ve
  They re
  They ve
  They \#u{2019}d
  They \#u{2019}d \#u{2019}ve
  They \#u{2019}ll
  They \#u{2019}ll \#u{2019}ve
  They \#u{2019}re
  They \#u{2019}ve
  This 'd
  This 'd 've
  This 'll
  This 'll 've
  This 's
  This d
  This d ve
  This ll
  This ll ve
  This s
  This \#u{2019}d
  This \#u{2019}d \#u{2019}ve
  This \#u{2019}ll
  This \#u{2019}ll \#u{2019}ve
  This \#u{2019}s
  Those 'd
  Those 'd 've
  Those 'll
  Those 'll 've
  Those 're
  Those 've
  Those d
  Those d ve
  Those ll
  Those ll ve
  Those re
  Those ve
  Those \#u{2019}d
  Those \#u{2019}d \#u{2019}ve
  Those \#u{2019}ll
  Those \#u{2019}ll \#u{2019}ve
  Those \#u{2019}re
  Those \#u{2019}ve
  V.V
  V_V
  Va.
  Wash.
  Was n't
  Was nt
  Was n\#u{2019}t
  We 'd
  We 'd 've
  We 'll
  We 'll 've
  We 're
  We 've
  We d
  We d ve
  We ll ve
  Were n't
  Were nt
  Were n\#u{2019}t
  We ve
  We \#u{2019}d
  We \#u{2019}d \#u{2019}ve
  We \#u{2019}ll
  We \#u{2019}ll \#u{2019}ve
  We \#u{2019}re
  We \#u{2019}ve
  What 'd
  What 'd 've
  What 'll
  What 'll 've
  What 're
  What 's
  What 've
  What d
  What d ve
  What ll
  What ll ve
  What re
  What s
  What ve
  What \#u{2019}d
  What \#u{2019}d \#u{2019}ve
  What \#u{2019}ll
  What \#u{2019}ll \#u{2019}ve
  What \#u{2019}re
  What \#u{2019}s
  What \#u{2019}ve
  When 'd
  When 'd 've
  When 'll
  When 'll 've
  When 're
  When 's
  When 've
  When d
  When d ve
  When ll
  When ll ve
  When re
  When s
  When ve
  When \#u{2019}d
  When \#u{2019}d \#u{2019}ve
  When \#u{2019}ll
  When \#u{2019}ll \#u{2019}ve
  When \#u{2019}re
  When \#u{2019}s
  When \#u{2019}ve
  Where 'd
  Where 'd 've
  Where 'll
  Where 'll 've
  Where 're
  Where 's
  Where 've
  Where d
  Where d ve
  Where ll
  Where ll ve
  Where re
  Where s
  Where ve
  Where \#u{2019}d
  Where \#u{2019}d \#u{2019}ve
  Where \#u{2019}ll
  Where \#u{2019}ll \#u{2019}ve
  Where \#u{2019}re
  Where \#u{2019}s
  Where \#u{2019}ve
  Who 'd
  Who 'd 've
  Who 'll
  Who 'll 've
  Who 're
  Who 's
  Who 've
  Who d
  Who d ve
  Who ll
  Who ll ve
  Who s
  Who ve
  Who \#u{2019}d
  Who \#u{2019}d \#u{2019}ve
  Who \#u{2019}ll
  Who \#u{2019}ll \#u{2019}ve
  Who \#u{2019}re
  Who \#u{2019}s
  Who \#u{2019}ve
  Why 'd
  Why 'd 've
  Why 'll
  Why 'll 've
  Why 're
  Why 's
  Why 've
  Why d
  Why d ve
  Why ll
  Why ll ve
  Why re
  Why s
  Why ve
  Why \#u{2019}d
  Why \#u{2019}d \#u{2019}ve
  Why \#u{2019}ll
  Why \#u{2019}ll \#u{2019}ve
  Why \#u{2019}re
  Why \#u{2019}s
  Why \#u{2019}ve
  Wis.
  Wo n't
  Wo n't 've
  Wo nt
  Wo nt ve
  Wo n\#u{2019}t
  Wo n\#u{2019}t \#u{2019}ve
  Would 've
  Would n't
  Would n't 've
  Would nt
  Would nt ve
  Would n\#u{2019}t
  Would n\#u{2019}t \#u{2019}ve
  Would ve
  Would \#u{2019}ve
  XD
  XDD
  You 'd
  You 'd 've
  You 'll
  You 'll 've
  You 're
  You 've
  You d
  You d ve
  You ll
  You ll ve
  You re
  You ve
  You \#u{2019}d
  You \#u{2019}d \#u{2019}ve
  You \#u{2019}ll
  You \#u{2019}ll \#u{2019}ve
  You \#u{2019}re
  You \#u{2019}ve
  [-:
  [:
  [=
  \")
  \n
  \t
  ]=
  ^_^
  ^__^
  ^___^
  a.
  a.m.
  ai n't
  ai nt
  ai n\#u{2019}t
  and/or
  are n't
  are nt
  are n\#u{2019}t
  b.
  c'm on
  c.
  ca n't
  ca n't 've
  can not
  ca nt
  ca nt ve
  ca n\#u{2019}t
  ca n\#u{2019}t \#u{2019}ve
  co.
  could 've
  could n't
  could n't 've
  could nt
  could nt ve
  could n\#u{2019}t
  could n\#u{2019}t \#u{2019}ve
  could ve
  could \#u{2019}ve
  c\#u{2019}m on
  d.
  dare n't
  dare nt
  dare n\#u{2019}t
  did n't
  did n't 've
  did nt
  did nt ve
  did n\#u{2019}t
  did n\#u{2019}t \#u{2019}ve
  does n't
  does n't 've
  does nt
  does nt ve
  does n\#u{2019}t
  does n\#u{2019}t \#u{2019}ve
  doin
  doin'
  doin\#u{2019}
  do n't
  do n't 've
  do nt
  do nt ve
  do n\#u{2019}t
  do n\#u{2019}t \#u{2019}ve
  e.
  e.g.
  em
  f.
  g.
  goin
  goin'
  goin\#u{2019}
  gon na
  got ta
  h.
  had n't
  had n't 've
  had nt
  had nt ve
  had n\#u{2019}t
  had n\#u{2019}t \#u{2019}ve
  has n't
  has nt
  has n\#u{2019}t
  have n't
  have nt
  have n\#u{2019}t
  havin
  havin'
  havin\#u{2019}
  he 'd
  he 'd 've
  he 'll
  he 'll 've
  he 's
  he d
  he d ve
  he ll ve
  he s
  he \#u{2019}d
  he \#u{2019}d \#u{2019}ve
  he \#u{2019}ll
  he \#u{2019}ll \#u{2019}ve
  he \#u{2019}s
  how 'd
  how 'd 've
  how 'd 'y
  how 'll
  how 'll 've
  how 're
  how 's
  how 've
  how d
  how d ve
  how ll
  how ll ve
  how re
  how s
  how ve
  how \#u{2019}d
  how \#u{2019}d \#u{2019}ve
  how \#u{2019}d \#u{2019}y
  how \#u{2019}ll
  how \#u{2019}ll \#u{2019}ve
  how \#u{2019}re
  how \#u{2019}s
  how \#u{2019}ve
  i 'd
  i 'd 've
  i 'll
  i 'll 've
  i 'm
  i 'm a
  i 've
  i.
  i.e.
  i d
  i d ve
  i ll ve
  i m
  i m a
  is n't
  is nt
  is n\#u{2019}t
  it 'd
  it 'd 've
  it 'll
  it 'll 've
  it 's
  it d
  it d ve
  it ll
  it ll ve
  it \#u{2019}d
  it \#u{2019}d \#u{2019}ve
  it \#u{2019}ll
  it \#u{2019}ll \#u{2019}ve
  it \#u{2019}s
  i ve
  i \#u{2019}d
  i \#u{2019}d \#u{2019}ve
  i \#u{2019}ll
  i \#u{2019}ll \#u{2019}ve
  i \#u{2019}m
  i \#u{2019}m a
  i \#u{2019}ve
  j.
  k.
  l.
  let 's
  let \#u{2019}s
  ll
  lovin
  lovin'
  lovin\#u{2019}
  m.
  ma'am
  may n't
  may n't 've
  may nt
  may nt ve
  may n\#u{2019}t
  may n\#u{2019}t \#u{2019}ve
  ma\#u{2019}am
  might 've
  might n't
  might n't 've
  might nt
  might nt ve
  might n\#u{2019}t
  might n\#u{2019}t \#u{2019}ve
  might ve
  might \#u{2019}ve
  must 've
  must n't
  must n't 've
  must nt
  must nt ve
  must n\#u{2019}t
  must n\#u{2019}t \#u{2019}ve
  must ve
  must \#u{2019}ve
  n.
  need n't
  need n't 've
  need nt
  need nt ve
  need n\#u{2019}t
  need n\#u{2019}t \#u{2019}ve
  not 've
  nothin
  nothin'
  nothin\#u{2019}
  not ve
  not \#u{2019}ve
  nuff
  nuthin
  nuthin'
  nuthin\#u{2019}
  o'clock
  o.
  o.0
  o.O
  o.o
  o_0
  o_O
  o_o
  ol
  ol'
  ol\#u{2019}
  ought n't
  ought n't 've
  ought nt
  ought nt ve
  ought n\#u{2019}t
  ought n\#u{2019}t \#u{2019}ve
  o\#u{2019}clock
  p.
  p.m.
  q.
  r.
  s.
  sha n't
  sha n't 've
  sha nt
  sha nt ve
  sha n\#u{2019}t
  sha n\#u{2019}t \#u{2019}ve
  she 'd
  she 'd 've
  she 'll
  she 'll 've
  she 's
  she d ve
  she ll ve
  she s
  she \#u{2019}d
  she \#u{2019}d \#u{2019}ve
  she \#u{2019}ll
  she \#u{2019}ll \#u{2019}ve
  she \#u{2019}s
  should 've
  should n't
  should n't 've
  should nt
  should nt ve
  should n\#u{2019}t
  should n\#u{2019}t \#u{2019}ve
  should ve
  should \#u{2019}ve
  somethin
  somethin'
  somethin\#u{2019}
  t.
  that 'd
  that 'd 've
  that 'll
  that 'll 've
  that 's
  that d
  that d ve
  that ll
  that ll ve
  that s
  that \#u{2019}d
  that \#u{2019}d \#u{2019}ve
  that \#u{2019}ll
  that \#u{2019}ll \#u{2019}ve
  that \#u{2019}s
  there 'd
  there 'd 've
  there 'll
  there 'll 've
  there 're
  there 's
  there 've
  there d
  there d ve
  there ll
  there ll ve
  there re
  there s
  there ve
  there \#u{2019}d
  there \#u{2019}d \#u{2019}ve
  there \#u{2019}ll
  there \#u{2019}ll \#u{2019}ve
  there \#u{2019}re
  there \#u{2019}s
  there \#u{2019}ve
  these 'd
  these 'd 've
  these 'll
  these 'll 've
  these 're
  these 've
  these d
  these d ve
  these ll
  these ll ve
  these re
  these ve
  these \#u{2019}d
  these \#u{2019}d \#u{2019}ve
  these \#u{2019}ll
  these \#u{2019}ll \#u{2019}ve
  these \#u{2019}re
  these \#u{2019}ve
  they 'd
  they 'd 've
  they 'll
  they 'll 've
  they 're
  they 've
  they d
  they d ve
  they ll
  they ll ve
  they re
  they ve
  they \#u{2019}d
  they \#u{2019}d \#u{2019}ve
  they \#u{2019}ll
  they \#u{2019}ll \#u{2019}ve
  they \#u{2019}re
  they \#u{2019}ve
  this 'd
  this 'd 've
  this 'll
  this 'll 've
  this 's
  this d
  this d ve
  this ll
  this ll ve
  this s
  this \#u{2019}d
  this \#u{2019}d \#u{2019}ve
  this \#u{2019}ll
  this \#u{2019}ll \#u{2019}ve
  this \#u{2019}s
  those 'd
  those 'd 've
  those 'll
  those 'll 've
  those 're
  those 've
  those d
  those d ve
  those ll
  those ll ve
  those re
  those ve
  those \#u{2019}d
  those \#u{2019}d \#u{2019}ve
  those \#u{2019}ll
  those \#u{2019}ll \#u{2019}ve
  those \#u{2019}re
  those \#u{2019}ve
  u.
  v.
  v.s.
  v.v
  v_v
  vs.
  w.
  w/o
  was n't
  was nt
  was n\#u{2019}t
  we 'd
  we 'd 've
  we 'll
  we 'll 've
  we 're
  we 've
  we d
  we d ve
  we ll ve
  were n't
  were nt
  were n\#u{2019}t
  we ve
  we \#u{2019}d
  we \#u{2019}d \#u{2019}ve
  we \#u{2019}ll
  we \#u{2019}ll \#u{2019}ve
  we \#u{2019}re
  we \#u{2019}ve
  what 'd
  what 'd 've
  what 'll
  what 'll 've
  what 're
  what 's
  what 've
  what d
  what d ve
  what ll
  what ll ve
  what re
  what s
  what ve
  what \#u{2019}d
  what \#u{2019}d \#u{2019}ve
  what \#u{2019}ll
  what \#u{2019}ll \#u{2019}ve
  what \#u{2019}re
  what \#u{2019}s
  what \#u{2019}ve
  when 'd
  when 'd 've
  when 'll
  when 'll 've
  when 're
  when 's
  when 've
  when d
  when d ve
  when ll
  when ll ve
  when re
  when s
  when ve
  when \#u{2019}d
  when \#u{2019}d \#u{2019}ve
  when \#u{2019}ll
  when \#u{2019}ll \#u{2019}ve
  when \#u{2019}re
  when \#u{2019}s
  when \#u{2019}ve
  where 'd
  where 'd 've
  where 'll
  where 'll 've
  where 're
  where 's
  where 've
  where d
  where d ve
  where ll
  where ll ve
  where re
  where s
  where ve
  where \#u{2019}d
  where \#u{2019}d \#u{2019}ve
  where \#u{2019}ll
  where \#u{2019}ll \#u{2019}ve
  where \#u{2019}re
  where \#u{2019}s
  where \#u{2019}ve
  who 'd
  who 'd 've
  who 'll
  who 'll 've
  who 're
  who 's
  who 've
  who d
  who d ve
  who ll
  who ll ve
  who s
  who ve
  who \#u{2019}d
  who \#u{2019}d \#u{2019}ve
  who \#u{2019}ll
  who \#u{2019}ll \#u{2019}ve
  who \#u{2019}re
  who \#u{2019}s
  who \#u{2019}ve
  why 'd
  why 'd 've
  why 'll
  why 'll 've
  why 're
  why 's
  why 've
  why d
  why d ve
  why ll
  why ll ve
  why re
  why s
  why ve
  why \#u{2019}d
  why \#u{2019}d \#u{2019}ve
  why \#u{2019}ll
  why \#u{2019}ll \#u{2019}ve
  why \#u{2019}re
  why \#u{2019}s
  why \#u{2019}ve
  wo n't
  wo n't 've
  wo nt
  wo nt ve
  wo n\#u{2019}t
  wo n\#u{2019}t \#u{2019}ve
  would 've
  would n't
  would n't 've
  would nt
  would nt ve
  would n\#u{2019}t
  would n\#u{2019}t \#u{2019}ve
  would ve
  would \#u{2019}ve
  x.
  xD
  xDD
  y' all
  y.
  y all
  you 'd
  you 'd 've
  you 'll
  you 'll 've
  you 're
  you 've
  you d
  you d ve
  you ll
  you ll ve
  you re
  you ve
  you \#u{2019}d
  you \#u{2019}d \#u{2019}ve
  you \#u{2019}ll
  you \#u{2019}ll \#u{2019}ve
  you \#u{2019}re
  you \#u{2019}ve
  y\#u{2019} all
  z.
  \#u{AF}\(\#u{30C4})/\#u{AF}
  \#u{B0} C .
  \#u{B0} F .
  \#u{B0} K .
  \#u{B0} c .
  \#u{B0} f .
  \#u{B0} k .
  \#u{E4}.
  \#u{F6}.
  \#u{FC}.
  \#u{CA0}_\#u{CA0}
  \#u{CA0}\#u{FE35}\#u{CA0}
  \#u{2014}
  \#u{2018}S
  \#u{2018}s
  \#u{2019}
  \#u{2019}Cause
  \#u{2019}Cos
  \#u{2019}Coz
  \#u{2019}Cuz
  \#u{2019}S
  \#u{2019}bout
  \#u{2019}cause
  \#u{2019}cos
  \#u{2019}coz
  \#u{2019}cuz
  \#u{2019}d
  \#u{2019}em
  \#u{2019}ll
  \#u{2019}nuff
  \#u{2019}re
  \#u{2019}s
  \#u{2019}\#u{2019}
  """#
