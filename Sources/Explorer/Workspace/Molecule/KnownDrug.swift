internal import Molecules
internal import TerminalUI

/// A drug that the palette and the editor know by its name.
package struct KnownDrug: Sendable, Equatable {
  package let name: String
  package let smiles: String

  private init(_ name: String, _ smiles: String) { (self.name, self.smiles) = (name, smiles) }

  /// The example.
  static let example = KnownDrug("rivaroxaban", "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O")

  /// The alphabetically first drug whose name begins with a text of three letters or more.
  static func beginning(with text: String) -> KnownDrug? {
    let start = text.lowercased()
    return start.count < 3 ? nil : all.first { $0.name.hasPrefix(start) }
  }

  /// All drugs, sorted by name. Their formulas are checked against Tests/Fixtures/known-drugs.
  package static let all = [
    KnownDrug("acetazolamide", "CC(=O)Nc1nnc(s1)S(N)(=O)=O"),
    KnownDrug("acyclovir", "Nc1nc2n(COCCO)cnc2c(=O)[nH]1"),
    KnownDrug("albuterol", "CC(C)(C)NCC(O)c1ccc(O)c(CO)c1"),
    KnownDrug("amitriptyline", "CN(C)CCC=C1c2ccccc2CCc2ccccc12"),
    KnownDrug("amlodipine", "CCOC(=O)C1=C(COCCN)NC(C)=C(C(=O)OC)C1c1ccccc1Cl"),
    KnownDrug("amoxicillin", "CC1(C)SC2C(NC(=O)C(N)c3ccc(O)cc3)C(=O)N2C1C(=O)O"),
    KnownDrug("apixaban", "COc1ccc(cc1)-n1nc(C(N)=O)c2CCN(C(=O)c12)c1ccc(cc1)N1CCCCC1=O"),
    KnownDrug("aspirin", "CC(=O)Oc1ccccc1C(=O)O"),
    KnownDrug("atenolol", "CC(C)NCC(O)COc1ccc(CC(N)=O)cc1"),
    KnownDrug(
      "atorvastatin",
      "CC(C)c1n(CC[C@@H](O)C[C@@H](O)CC(=O)O)c(c2ccc(F)cc2)c(c2ccccc2)c1C(=O)Nc1ccccc1"),
    KnownDrug("atropine", "CN1C2CCC1CC(C2)OC(=O)C(CO)c1ccccc1"),
    KnownDrug("bupropion", "CC(NC(C)(C)C)C(=O)c1cccc(Cl)c1"),
    KnownDrug("caffeine", "Cn1cnc2n(C)c(=O)n(C)c(=O)c12"),
    KnownDrug("captopril", "CC(CS)C(=O)N1CCCC1C(=O)O"),
    KnownDrug("carbamazepine", "NC(=O)N1c2ccccc2C=Cc2ccccc12"),
    KnownDrug("celecoxib", "Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F"),
    KnownDrug("cetirizine", "OC(=O)COCCN1CCN(CC1)C(c1ccccc1)c1ccc(Cl)cc1"),
    KnownDrug("chlorpromazine", "CN(C)CCCN1c2ccccc2Sc2ccc(Cl)cc12"),
    KnownDrug("ciprofloxacin", "OC(=O)C1=CN(C2CC2)c2cc(N3CCNCC3)c(F)cc2C1=O"),
    KnownDrug("citalopram", "CN(C)CCCC1(OCc2cc(C#N)ccc12)c1ccc(F)cc1"),
    KnownDrug("clonidine", "Clc1cccc(Cl)c1NC1=NCCN1"),
    KnownDrug("clopidogrel", "COC(=O)C(N1CCc2sccc2C1)c1ccccc1Cl"),
    KnownDrug("clozapine", "CN1CCN(CC1)C1=Nc2cc(Cl)ccc2Nc2ccccc12"),
    KnownDrug("cocaine", "COC(=O)C1C(OC(=O)c2ccccc2)CC2CCC1N2C"),
    KnownDrug("codeine", "COc1ccc2C[C@H]3N(C)CC[C@@]45[C@@H](Oc1c24)[C@@H](O)C=C[C@@H]35"),
    KnownDrug("dabigatran", "Cn1c(CNc2ccc(cc2)C(N)=N)nc2cc(ccc12)C(=O)N(CCC(=O)O)c1ccccn1"),
    KnownDrug("dexamethasone", "CC1CC2C3CCC4=CC(=O)C=CC4(C)C3(F)C(O)CC2(C)C1(O)C(=O)CO"),
    KnownDrug("diazepam", "CN1C(=O)CN=C(c2ccccc2)c2cc(Cl)ccc12"),
    KnownDrug("diclofenac", "OC(=O)Cc1ccccc1Nc1c(Cl)cccc1Cl"),
    KnownDrug("diphenhydramine", "CN(C)CCOC(c1ccccc1)c1ccccc1"),
    KnownDrug("donepezil", "COc1cc2CC(CC3CCN(Cc4ccccc4)CC3)C(=O)c2cc1OC"),
    KnownDrug("dopamine", "NCCc1ccc(O)c(O)c1"),
    KnownDrug("edoxaban", "CN1CCc2nc(sc2C1)C(=O)NC1CC(CCC1NC(=O)C(=O)Nc1ccc(Cl)cn1)C(=O)N(C)C"),
    KnownDrug("estradiol", "C[C@]12CC[C@H]3[C@@H](CCc4cc(O)ccc34)[C@@H]1CC[C@@H]2O"),
    KnownDrug("fentanyl", "CCC(=O)N(C1CCN(CCc2ccccc2)CC1)c1ccccc1"),
    KnownDrug("fluconazole", "OC(Cn1cncn1)(Cn1cncn1)c1ccc(F)cc1F"),
    KnownDrug("fluoxetine", "CNCCC(Oc1ccc(cc1)C(F)(F)F)c1ccccc1"),
    KnownDrug("furosemide", "NS(=O)(=O)c1cc(C(=O)O)c(NCc2ccco2)cc1Cl"),
    KnownDrug("gefitinib", "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1"),
    KnownDrug("haloperidol", "OC1(CCN(CCCC(=O)c2ccc(F)cc2)CC1)c1ccc(Cl)cc1"),
    KnownDrug("ibuprofen", "CC(C)Cc1ccc(cc1)C(C)C(=O)O"),
    KnownDrug("imatinib", "CN1CCN(Cc2ccc(cc2)C(=O)Nc2ccc(C)c(Nc3nccc(n3)-c3cccnc3)c2)CC1"),
    KnownDrug("isoniazid", "NNC(=O)c1ccncc1"),
    KnownDrug("ketamine", "CNC1(CCCCC1=O)c1ccccc1Cl"),
    KnownDrug("lidocaine", "CCN(CC)CC(=O)Nc1c(C)cccc1C"),
    KnownDrug("linezolid", "CC(=O)NCC1CN(C(=O)O1)c1ccc(N2CCOCC2)c(F)c1"),
    KnownDrug("loratadine", "CCOC(=O)N1CCC(CC1)=C1c2ccc(Cl)cc2CCc2cccnc12"),
    KnownDrug("losartan", "CCCCc1nc(Cl)c(CO)n1Cc1ccc(cc1)-c1ccccc1-c1nn[nH]n1"),
    KnownDrug("melatonin", "COc1ccc2[nH]cc(CCNC(C)=O)c2c1"),
    KnownDrug("metformin", "CN(C)C(=N)NC(N)=N"),
    KnownDrug("methylphenidate", "COC(=O)C(C1CCCCN1)c1ccccc1"),
    KnownDrug("metoprolol", "COCCc1ccc(OCC(O)CNC(C)C)cc1"),
    KnownDrug("morphine", "CN1CC[C@]23[C@@H]4[C@H]1Cc1ccc(O)c(O[C@H]2[C@@H](O)C=C4)c13"),
    KnownDrug("naproxen", "COc1ccc2cc(ccc2c1)[C@H](C)C(=O)O"),
    KnownDrug("nicotine", "CN1CCCC1c1cccnc1"),
    KnownDrug("olanzapine", "CN1CCN(CC1)C1=Nc2ccccc2Nc2sc(C)cc12"),
    KnownDrug("omeprazole", "COc1ccc2[nH]c(nc2c1)S(=O)Cc1ncc(C)c(OC)c1C"),
    KnownDrug("oseltamivir", "CCOC(=O)C1=CC(OC(CC)CC)C(NC(C)=O)C(N)C1"),
    KnownDrug("paracetamol", "CC(=O)Nc1ccc(O)cc1"),
    KnownDrug("phenobarbital", "CCC1(C(=O)NC(=O)NC1=O)c1ccccc1"),
    KnownDrug("phenytoin", "O=C1NC(=O)C(N1)(c1ccccc1)c1ccccc1"),
    KnownDrug("propranolol", "CC(C)NCC(O)COc1cccc2ccccc12"),
    KnownDrug("ranitidine", "CNC(=C[N+](=O)[O-])NCCSCc1ccc(CN(C)C)o1"),
    example,
    KnownDrug("sertraline", "CNC1CCC(c2ccc(Cl)c(Cl)c2)c2ccccc12"),
    KnownDrug("sildenafil", "CCCc1nn(C)c2c1nc([nH]c2=O)-c1cc(ccc1OCC)S(=O)(=O)N1CCN(C)CC1"),
    KnownDrug("simvastatin", "CCC(C)(C)C(=O)OC1CC(C)C=C2C=CC(C)C(CCC3CC(O)CC(=O)O3)C12"),
    KnownDrug("sulfamethoxazole", "Cc1cc(NS(=O)(=O)c2ccc(N)cc2)no1"),
    KnownDrug("testosterone", "C[C@]12CC[C@H]3[C@@H](CCC4=CC(=O)CC[C@]34C)[C@@H]1CC[C@@H]2O"),
    KnownDrug("theophylline", "Cn1c2nc[nH]c2c(=O)n(C)c1=O"),
    KnownDrug("tramadol", "COc1cccc(c1)C1(O)CCCCC1CN(C)C"),
    KnownDrug("warfarin", "CC(=O)CC(c1ccccc1)C1=C(O)c2ccccc2OC1=O"),
  ]
}
