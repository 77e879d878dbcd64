public import ArgumentParser
public import Attribution
public import Classifiers
internal import Reports
internal import Tokenizers

extension ExplainerOptions.Replacement: ExpressibleByArgument {}
extension ExplainerOptions.Grouping: ExpressibleByArgument {}
extension PairInteractions.Method: ExpressibleByArgument {}

/// The values of `--group`: units of any text, or of a molecule.
enum RemovedUnit: ExpressibleByArgument {
  case text(ExplainerOptions.Grouping)
  case molecule(MoleculeUnit)

  init?(argument: String) {
    if let grouping = ExplainerOptions.Grouping(rawValue: argument) {
      self = .text(grouping)
    } else if let unit = MoleculeUnit(rawValue: argument) {
      self = .molecule(unit)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] {
    ExplainerOptions.Grouping.allCases.map(\.rawValue) + MoleculeUnit.allCases.map(\.rawValue)
  }

  var grouping: ExplainerOptions.Grouping? {
    if case .text(let value) = self { value } else { nil }
  }
  var moleculeUnit: MoleculeUnit? { if case .molecule(let unit) = self { unit } else { nil } }
}
extension ScoreUnit: ExpressibleByArgument {}
extension Target.Quantity: ExpressibleByArgument {}

/// The options of `explain` that determine what is explained, and how.
struct ExplanationOptions: ParsableArguments {
  @Option(
    name: .customLong("method"),
    help: ArgumentHelp(
      "An explainer, see 'whylight methods'; may be repeated; 'all' for those that apply.",
      discussion: "integrated-gradients if not given; occlusion for a model without gradients.",
      valueName: "name"))
  var methods: [String] = []

  @Option(
    name: .customLong("measure"),
    help: ArgumentHelp(
      "Print how far the explanation can be trusted; may be repeated; 'all' for every measure.",
      discussion: "See 'whylight methods --measures'. JSON gets them as 'measures'.",
      valueName: "name"))
  var measures: [String] = []

  @Option(help: "A class by name or index, or 'predicted'.")
  var target = "predicted"

  @Option(
    help: ArgumentHelp(
      """
      A class: explain the difference between the target's score and this class's. Or one of \
      several --pair for one text: explain why the candidate that ranks first stands before it.
      """,
      discussion: """
        A candidate is named by its rank in 'predict' (3, or rank:3 where 3 is a class), or by its text.
        """))
  var versus: String?

  @Option(help: "What is explained: logit, probability or log-probability of the target.")
  var score: Target.Quantity?

  @Flag(help: "For grad-cam: negative scores become zero, as in the paper.")
  var rectify = false

  @Option(
    help: """
      What perturbation methods remove as a unit: token, word, phrase, sentence, or \
      occurrences (all occurrences of a word). A token by default; for feature-ablation the unit of --by. For \
      a molecule: atom, group or ring; each is removed, and the loss in score is reported \
      beside the method.
      """)
  var group: RemovedUnit?

  @Option(
    help: """
      For a molecule: also explain it in this many random spellings, 2 to 1000, and report \
      the mean and the spread of each atom's score.
      """)
  var spellings: Int?

  @OptionGroup var settings: SettingOptions

  @Option(
    help: ArgumentHelp(
      "For two texts: how the strongest words of one interact with those of the other; this many of each (1 to 64).",
      valueName: "n"))
  var interactions: Int?

  @Option(
    help: ArgumentHelp(
      "With --interactions: removal of both words, or hessian for integrated Hessians on the path from the baseline.",
      valueName: "method"))
  var interactionMethod: PairInteractions.Method?

  @Option(help: "token, word or sentence: scores summed over the pieces of a unit.")
  var by = ScoreUnit.token

  func validate() throws {
    if let interactions, !(1...PairInteractions.mostWords).contains(interactions) {
      throw ValidationError(
        "--interactions is \(interactions); it must be from 1 to \(PairInteractions.mostWords)")
    }
    if interactions == nil, interactionMethod != nil {
      throw ValidationError("--interaction-method is of no use without --interactions")
    }
    if let spellings, !SpellingSpread.counts.contains(spellings) {
      throw ValidationError(
        "--spellings is \(spellings); it must be from \(SpellingSpread.counts.lowerBound) to "
          + "\(SpellingSpread.counts.upperBound)")
    }
  }

  /// Looks up the options in a model.
  /// - Parameters:
  ///   - readsMolecules: whether texts are treated as molecules.
  ///   - comparesCandidates: whether `--versus` names a candidate rather than a class.
  /// - Throws: `Failure` if a method or class is unknown or does not apply.
  func plan(
    for model: Model, readsMolecules: Bool = false, comparesCandidates: Bool = false
  ) throws -> ExplanationPlan {
    var options = settings.options
    options.rectify = rectify
    options.grouping = group?.grouping
    options.unit = by
    if let unit = group?.moleculeUnit, !readsMolecules {
      throw Failure.usage(
        "--group \(unit.rawValue) is for molecules: for 'explain' of a model that reads SMILES, or of any"
          + " with --view molecule")
    }
    if spellings != nil, !readsMolecules {
      throw Failure.usage(
        "--spellings is for molecules: for 'explain' of a model that reads SMILES, or of any with "
          + "--view molecule")
    }
    return ExplanationPlan(
      explainers: try explainers(for: model, areSigned: comparesCandidates),
      isAll: methods == ["all"],
      measures: try chosenMeasures(),
      classIndex: target == "predicted" ? nil : try Self.classIndex(target, of: model),
      versus: comparesCandidates ? nil : try versus.map { try Self.otherClass($0, of: model) },
      quantity: score, options: options, unit: by,
      readsMolecules: readsMolecules, moleculeUnit: group?.moleculeUnit,
      interactions: interactions.map {
        PairInteractions(count: $0, method: interactionMethod ?? .removal)
      }, spellings: spellings)
  }

  /// 'all' together with other names would list some of them twice.
  private static func isAll(_ names: [String], option: String) throws -> Bool {
    guard names.contains("all") else { return false }
    if names.count > 1 {
      throw Failure.usage("\(option) all already holds the others; leave out one or the other")
    }
    return true
  }

  /// - Parameter areSigned: whether a difference of their scores has a meaning.
  private func explainers(for model: Model, areSigned: Bool) throws -> [any Explainer] {
    if try Self.isAll(methods, option: "--method") {
      return ExplainerCatalog.explainers.filter {
        $0.card.reasonNotApplicable(to: model.classifier) == nil && ($0.card.isSigned || !areSigned)
      }
    }
    return try (methods.isEmpty ? [Self.defaultMethod(for: model)] : methods).map { name in
      guard let explainer = ExplainerCatalog.explainer(named: name) else {
        let names = Messages.list(ExplainerCatalog.explainers.map(\.card.name))
        throw Failure.usage("no method is called '\(name)'; methods are \(names)")
      }
      if let reason = explainer.card.reasonNotApplicable(to: model.classifier) {
        throw Failure.usage("\(name) does not apply to \(model.name): it \(reason)")
      }
      if areSigned, !explainer.card.isSigned {
        throw Failure.usage(
          "\(name) says how much a word matters, not for which candidate it speaks; choose another "
            + "method")
      }
      return explainer
    }
  }

  /// Integrated gradients; for a model without gradients, the first method that needs none.
  private static func defaultMethod(for model: Model) -> String {
    let applicable = ExplainerCatalog.explainers.map(\.card).filter {
      $0.reasonNotApplicable(to: model.classifier) == nil
    }
    let names = applicable.map(\.name)
    return names.contains("integrated-gradients") ? "integrated-gradients" : names.first ?? "random"
  }

  private func chosenMeasures() throws -> [any Measure] {
    if try Self.isAll(measures, option: "--measure") { return MeasureCatalog.measures }
    return try measures.map { name in
      guard let measure = MeasureCatalog.measure(named: name) else {
        let names = Messages.list(MeasureCatalog.measures.map(\.card.name))
        throw Failure.usage("no measure is called '\(name)'; measures are \(names)")
      }
      return measure
    }
  }

  /// The class that `--versus` names.
  private static func otherClass(_ name: String, of model: Model) throws -> Int {
    let classes = model.classifier.classes
    guard classes.count == 1, name != classes[0], name != "0" else {
      return try classIndex(name, of: model)
    }
    throw Failure.usage(
      "the model has one output, so --versus takes a candidate: give one text and several of --pair"
    )
  }

  static func classIndex(_ name: String, of model: Model) throws -> Int {
    let classes = model.classifier.classes
    if let index = classes.firstIndex(of: name) { return index }
    if let index = Int(name), classes.indices.contains(index) { return index }
    throw Failure.usage(
      "the model has no class '\(name)'; classes are \(Messages.list(classes))"
        + " or an index from 0 to \(classes.count - 1)")
  }
}
