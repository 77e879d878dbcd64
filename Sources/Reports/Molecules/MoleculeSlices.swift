package import Datasets

/// The standard slices of a data set of molecules. A new one is a line here.
package enum MoleculeSlices {
  /// Each is a query, so that it can be used as a filter.
  package static let lines: [(name: String, query: String)] = [
    ("at most 10 heavy atoms", "len<=10"),
    ("11 to 20 heavy atoms", "len>10 len<=20"),
    ("21 to 30 heavy atoms", "len>20 len<=30"),
    ("31 to 50 heavy atoms", "len>30 len<=50"),
    ("more than 50 heavy atoms", "len>50"),
    ("no ring", "rings=0"),
    ("1 or 2 rings", "rings>=1 rings<=2"),
    ("3 or 4 rings", "rings>=3 rings<=4"),
    ("more than 4 rings", "rings>4"),
    ("no aromatic ring", "aromatic=0"),
    ("has a halogen", #"element~"; (F|Cl|Br|I) ;""#),
    ("has sulfur", #"element~"; S ;""#),
    ("has phosphorus", #"element~"; P ;""#),
    ("has no nitrogen", #"element!~"; N ;" mistake!~."#),
    ("has a net charge", "charge!=0"),
    ("salt, or several parts", #"text~[.] mistake!~."#),
    ("has marked stereocentres", "stereo>0"),
    ("can't be read as SMILES", "mistake~."),
  ]

  package static let slices = lines.compactMap { line in
    (try? Query(line.query)).map { Slice($0, name: line.name) }
  }
}
