/// A group of atoms or a ring with a name in chemistry.
public struct NamedPattern: Sendable {
  public let name: String
  public let plural: String
  /// As SMARTS.
  public let smarts: String
  /// Whether halogens at the ring are part of the name: thiophene with chlorine.
  let isRing: Bool

  init(ring name: String, plural: String? = nil, _ smarts: String) {
    self.name = name
    self.plural = plural ?? name + "s"
    self.smarts = smarts
    isRing = true
  }

  init(group name: String, plural: String? = nil, _ smarts: String) {
    self.name = name
    self.plural = plural ?? name + "s"
    self.smarts = smarts
    isRing = false
  }

  /// All patterns. More specific ones come before more general ones: an atom belongs to the first
  /// that contains it.
  public static let all: [NamedPattern] = fusedRings + rings + groups + plainRings + ends

  private static let fusedRings = [
    NamedPattern(ring: "benzodiazepine", "c1ccc2c(c1)C~N~C~C~N2"),
    NamedPattern(ring: "phenothiazine", "c1ccc2c(c1)Nc1ccccc1S2"),
    NamedPattern(ring: "carbazole", "c1ccc2c(c1)[nH0,nH1]c1ccccc12"),
    NamedPattern(ring: "acridine", "c1ccc2c(c1)cc1ccccc1n2"),
    NamedPattern(ring: "xanthine", "O=c1nc(=O)c2ncnc2n1"),
    NamedPattern(ring: "purine", "c1nc2c(n1)ncnc2"),
    NamedPattern(ring: "pteridine", "c1cnc2ncncc2n1"),
    NamedPattern(ring: "quinazoline", "c1ccc2c(c1)cncn2"),
    NamedPattern(ring: "quinoxaline", "c1ccc2c(c1)nccn2"),
    NamedPattern(ring: "phthalazine", "c1ccc2c(c1)cnnc2"),
    NamedPattern(ring: "quinoline", "c1ccc2c(c1)cccn2"),
    NamedPattern(ring: "isoquinoline", "c1ccc2c(c1)ccnc2"),
    NamedPattern(ring: "coumarin", "O=c1ccc2ccccc2o1"),
    NamedPattern(ring: "chromone", "O=c1ccoc2ccccc12"),
    NamedPattern(ring: "indazole", "c1ccc2c(c1)cnn2"),
    NamedPattern(ring: "benzimidazole", "c1ccc2c(c1)ncn2"),
    NamedPattern(ring: "benzotriazole", "c1ccc2c(c1)nnn2"),
    NamedPattern(ring: "benzothiazole", "c1ccc2c(c1)ncs2"),
    NamedPattern(ring: "benzoxazole", "c1ccc2c(c1)nco2"),
    NamedPattern(ring: "indole", "c1ccc2c(c1)ccn2"),
    NamedPattern(ring: "benzothiophene", "c1ccc2c(c1)ccs2"),
    NamedPattern(ring: "benzofuran", "c1ccc2c(c1)cco2"),
    NamedPattern(ring: "benzodioxole", "c1ccc2c(c1)OCO2"),
    NamedPattern(ring: "naphthalene", "c1ccc2ccccc2c1"),
    NamedPattern(ring: "beta-lactam", "O=C1~C~C~N1"),
  ]

  private static let rings = [
    NamedPattern(ring: "morpholinone", "O=C1COCCN1"),
    NamedPattern(ring: "morpholine", "C1COCCN1"),
    NamedPattern(ring: "oxazolidinone", "O=C1OCCN1"),
    NamedPattern(ring: "hydantoin", "O=C1NC(=O)CN1"),
    NamedPattern(ring: "barbiturate", "O=C1NC(=O)NC(=O)C1"),
    NamedPattern(ring: "thiazolidinedione", "O=C1NC(=O)CS1"),
    NamedPattern(ring: "imide ring", "O=C1[C,c]~[C,c]C(=O)N1"),
    NamedPattern(ring: "piperazine", "C1CNCCN1"),
    NamedPattern(ring: "piperidine", "C1CCNCC1"),
    NamedPattern(ring: "pyrrolidinone", "O=C1CCCN1"),
    NamedPattern(ring: "pyrrolidine", "C1CCNC1"),
    NamedPattern(ring: "azetidine", "C1CNC1"),
    NamedPattern(ring: "epoxide", "C1OC1"),
    NamedPattern(ring: "tetrahydropyran", "C1CCOCC1"),
    NamedPattern(ring: "tetrahydrofuran", "C1CCOC1"),
    NamedPattern(ring: "tetrazole", "c1nnnn1"),
    NamedPattern(ring: "1,2,4-triazole", "c1ncnn1"),
    NamedPattern(ring: "1,2,3-triazole", "c1cnnn1"),
    NamedPattern(ring: "oxadiazole", "[$(c1nnco1),$(c1ncno1)]1~[c,n]~[c,n]~[c,n,o]~[n,o,c]1"),
    NamedPattern(ring: "thiadiazole", "[$(c1nncs1),$(c1ncns1)]1~[c,n]~[c,n]~[c,n,s]~[n,s,c]1"),
    NamedPattern(ring: "imidazole", "c1cncn1"),
    NamedPattern(ring: "pyrazole", "c1ccnn1"),
    NamedPattern(ring: "thiazole", "c1cscn1"),
    NamedPattern(ring: "isothiazole", "c1ccsn1"),
    NamedPattern(ring: "oxazole", "c1cocn1"),
    NamedPattern(ring: "isoxazole", "c1ccon1"),
    NamedPattern(ring: "pyrimidinedione", "O=c1ccnc(=O)n1"),
    NamedPattern(ring: "pyridone", "O=c1ccccn1"),
    NamedPattern(ring: "triazine", "[$(c1ncncn1),$(c1nnccn1)]1~[c,n]~[c,n]~[c,n]~[c,n]~[c,n]1"),
    NamedPattern(ring: "pyrimidine", "c1cncnc1"),
    NamedPattern(ring: "pyrazine", "c1cnccn1"),
    NamedPattern(ring: "pyridazine", "c1ccnnc1"),
    NamedPattern(ring: "pyridine", "c1ccncc1"),
    NamedPattern(ring: "thiophene", "c1ccsc1"),
    NamedPattern(ring: "furan", "c1ccoc1"),
    NamedPattern(ring: "pyrrole", "c1ccnc1"),
  ]

  private static let groups = [
    NamedPattern(group: "sulfonamide", "[#16X4](=O)(=O)[#7]"),
    NamedPattern(group: "sulfonic acid", "S(=O)(=O)[$([OX2H1]),$([O-])]"),
    NamedPattern(group: "sulfone", "[#6]S(=O)(=O)[#6]"),
    NamedPattern(group: "sulfoxide", "[#6][SX3](=O)[#6]"),
    NamedPattern(group: "phosphate", "P(=O)([O,N])([O,N])[O,N]"),
    NamedPattern(group: "phosphonate", "[#6]P(=O)([O,N])[O,N]"),
    NamedPattern(group: "nitro group", "[$([NX3](=O)=O),$([N+](=O)[O-])](~O)~O"),
    NamedPattern(group: "nitrate ester", "O[$([N+](=O)[O-])](~O)~O"),
    NamedPattern(group: "azide", "[N;D2]=[N+]=[N-]"),
    NamedPattern(group: "nitrile", "C#[NX1]"),
    NamedPattern(group: "isocyanate", "N=C=O"),
    NamedPattern(group: "carbamate", "[NX3]C(=O)[OX2H0]"),
    NamedPattern(group: "urea", "[NX3]C(=O)[NX3]"),
    NamedPattern(group: "thiourea", "[NX3]C(=S)[NX3]"),
    NamedPattern(group: "guanidine", "[#7]C(=[#7])[NX3]"),
    NamedPattern(group: "hydroxamic acid", "C(=O)[NX3][OX2H1]"),
    NamedPattern(group: "hydrazide", "C(=O)[NX3][NX3]"),
    NamedPattern(group: "acyl chloride", "C(=O)Cl"),
    NamedPattern(group: "anhydride", "C(=O)OC(=O)"),
    NamedPattern(group: "carboxylic acid", "[CX3](=O)[OX2H1]"),
    NamedPattern(group: "carboxylate", "[CX3](=O)[O-]"),
    NamedPattern(group: "thioester", "[CX3](=O)[SX2]"),
    NamedPattern(group: "ester", "[CX3](=O)[OX2H0]"),
    NamedPattern(group: "amide", "[CX3](=O)[NX3]"),
    NamedPattern(group: "amidine", "[CX3](=[NX2])[NX3]"),
    NamedPattern(group: "oxime", "[CX3]=[NX2][OX2]"),
    NamedPattern(group: "hydrazone", "[CX3]=[NX2][NX3]"),
    NamedPattern(group: "aldehyde", "[CX3H1](=O)[#6]"),
    NamedPattern(group: "ketone", "[CX3;$(C([#6])[#6])](=O)"),
    NamedPattern(group: "trifluoromethoxy group", "OC(F)(F)F"),
    NamedPattern(group: "trifluoromethyl group", "[#6]C(F)(F)F"),
    NamedPattern(group: "trichloromethyl group", "[#6]C(Cl)(Cl)Cl"),
  ]

  private static let plainRings = [
    NamedPattern(ring: "benzene", "c1ccccc1"),
    NamedPattern(ring: "cyclohexene", "C1=CCCCC1"),
    NamedPattern(ring: "cyclohexane", "C1CCCCC1"),
    NamedPattern(ring: "cyclopentane", "C1CCCC1"),
    NamedPattern(ring: "cyclobutane", "C1CCC1"),
    NamedPattern(ring: "cyclopropane", "C1CC1"),
  ]

  private static let ends = [
    NamedPattern(group: "phenol hydroxyl", "[OX2H1;$(Oc)]"),
    NamedPattern(group: "hydroxyl", "[OX2H1;$(O[CX4])]"),
    NamedPattern(group: "methoxy group", "[OX2;$(O[#6])][CH3]"),
    NamedPattern(group: "ether", "[OX2;$(O([#6])[#6])]"),
    NamedPattern(group: "thiol", "[SX2H1]"),
    NamedPattern(group: "disulfide", "[SX2][SX2]"),
    NamedPattern(group: "thioether", "[SX2;$(S([#6])[#6])]"),
    NamedPattern(group: "ammonium group", "[NX4+]"),
    NamedPattern(group: "amine", "[NX3;!$(N~[!#6])]"),
    NamedPattern(group: "imine", "[CX3]=[NX2]"),
    NamedPattern(group: "aryl fluoride", "[F;$(Fc)]"),
    NamedPattern(group: "aryl chloride", "[Cl;$(Clc)]"),
    NamedPattern(group: "aryl bromide", "[Br;$(Brc)]"),
    NamedPattern(group: "aryl iodide", "[I;$(Ic)]"),
    NamedPattern(group: "alkyl halide", "[F,Cl,Br,I;$(*[CX4])]"),
    NamedPattern(group: "alkyne", "C#C"),
    NamedPattern(group: "alkene", "C=C"),
  ]
}
