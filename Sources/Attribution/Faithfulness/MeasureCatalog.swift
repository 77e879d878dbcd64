/// All measures of faithfulness, in the order of menus. A new one is a file in `Faithfulness/` and
/// a line here.
public enum MeasureCatalog {
  public static let measures: [any Measure] = [
    ConvergenceDelta(),
    Comprehensiveness(),
    Sufficiency(),
    DeletionAUC(),
    InsertionAUC(),
    LeaveOneOutTau(),
    Infidelity(),
    MaxSensitivity(),
    SeedSpread(),
    Randomisation(),
    Plausibility(),
  ]

  public static func measure(named name: String) -> (any Measure)? {
    measures.first { $0.card.name == name }
  }
}
