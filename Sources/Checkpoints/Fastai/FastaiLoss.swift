internal import Tensors

/// What `learn.predict` makes of a model's outputs: the `activation` and `decodes` of the learner's loss.
///
/// Source: fastai 2.8.12, `losses.py` and `Learner.get_preds`; fastai 1.0.61, `_loss_func2activ`.
struct FastaiLoss {
  enum Version {
    case first, second
  }

  let problem: SavedClassifier.Problem
  /// Above which a class of several is given; one number, or one a class.
  let thresholds: [Float]
  let notes: [ModelNote]
  /// The outputs are probabilities already, as `y_range` makes them.
  private let takesProbabilities: Bool
  private let name: String

  /// - Throws: `CheckpointError.fastai` where classes have the loss of a regression, or numbers that of
  ///   classes, or the probabilities are not known.
  init(
    _ loss: PickleValue?, version: Version, targets: FastaiTargets, in file: TorchFile
  ) throws {
    let outer = loss?.calledName ?? "None"
    let inner = loss?.attribute("func")?.calledName
    name = ["BaseLoss", "FlattenedLoss"].contains(outer) ? inner ?? outer : outer
    let kind = try Self.kind(outer: outer, inner: inner, version, name: name)
    switch targets {
    case .classes(let labels):
      guard kind != .numbers else {
        throw CheckpointError.fastai(.unsupportedLoss(name: name, setting: "numbers for classes"))
      }
      let isSingle = ["Categorize", "CategoryProcessor"].contains(labels.className ?? "")
      problem =
        (kind.link ?? (isSingle ? .softmax : .sigmoid)) == .softmax ? .singleLabel : .multiLabel
    case .numbers:
      guard kind.link != .softmax else {
        throw CheckpointError.fastai(.unsupportedLoss(name: name, setting: "classes for numbers"))
      }
      // Several yes-or-no tasks may have their labels as numbers.
      problem = kind.link == .sigmoid ? .multiLabel : .regression
    }
    takesProbabilities = kind == .probabilities
    if let axis = loss?.attribute("axis")?.integer, ![-1, 1].contains(axis) {
      throw CheckpointError.fastai(.unsupportedLoss(name: name, setting: "axis \(axis)"))
    }
    let threshold = loss?.attribute("thresh")
    thresholds = try threshold.map { try Self.thresholds($0, loss: outer, in: file) } ?? [0.5]
    var notes: [ModelNote] = []
    // What fastai does not know it leaves as it is, which for numbers is right.
    if !kind.isCertain, problem != .regression {
      notes.append(
        .assumedActivation(
          loss: name, activation: problem == .singleLabel ? "softmax" : "sigmoid"))
    }
    if problem == .multiLabel, threshold == nil {
      notes.append(.assumed(setting: "threshold", value: "0.5"))
    }
    self.notes = notes
  }

  /// Makes of a range from 0 to 1 the sigmoid that it is, where the loss takes probabilities.
  /// - Throws: `CheckpointError.fastai(.unsupportedLoss)`.
  func apply(to settings: inout AWDLSTMSettings, classes: Int) throws {
    guard thresholds.count == 1 || thresholds.count == classes else {
      throw CheckpointError.fastai(
        .unsupportedLoss(name: name, setting: "\(thresholds.count) thresholds"))
    }
    guard takesProbabilities else { return }
    guard settings.outputRange == 0...1 else {
      throw CheckpointError.fastai(
        .unsupportedLoss(name: name, setting: "outputs that are no probabilities"))
    }
    settings.outputRange = nil
  }

  // MARK: - Kinds

  private enum Link {
    case softmax, sigmoid
  }

  private enum Kind: Equatable {
    /// The loss says it itself.
    case known(Link)
    /// The loss says nothing; this is what it computes with.
    case implied(Link)
    case probabilities
    /// A regression's.
    case numbers
    case unknown

    var link: Link? {
      switch self {
      case .known(let link), .implied(let link): link
      case .probabilities: .sigmoid
      case .numbers, .unknown: nil
      }
    }

    var isCertain: Bool {
      switch self {
      case .known, .probabilities, .numbers: true
      case .implied, .unknown: false
      }
    }
  }

  private static let own: [String: Link] = [
    "CrossEntropyLossFlat": .softmax, "FocalLossFlat": .softmax,
    "LabelSmoothingCrossEntropy": .softmax, "LabelSmoothingCrossEntropyFlat": .softmax,
    "BCEWithLogitsLossFlat": .sigmoid,
  ]
  /// PyTorch's own, as classes and functions, and fastai's without an activation.
  private static let plain: [String: Link] = [
    "CrossEntropyLoss": .softmax, "cross_entropy": .softmax, "FocalLoss": .softmax,
    "LabelSmoothingCrossEntropy": .softmax, "MultiMarginLoss": .softmax,
    "BCEWithLogitsLoss": .sigmoid, "binary_cross_entropy_with_logits": .sigmoid,
    "MultiLabelSoftMarginLoss": .sigmoid, "multilabel_soft_margin_loss": .sigmoid,
  ]
  /// Those whose activation fastai 1 knows by their names.
  private static let first = [
    "CrossEntropyLoss", "cross_entropy", "BCEWithLogitsLoss", "binary_cross_entropy_with_logits",
  ]
  private static let regressions = [
    "MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "mse_loss", "l1_loss", "smooth_l1_loss",
    "huber_loss", "MSELossFlat", "L1LossFlat",
  ]
  private static let logarithms = [
    "NLLLoss", "nll_loss", "KLDivLoss", "kl_div", "PoissonNLLLoss", "poisson_nll_loss",
  ]

  private static func kind(
    outer: String, inner: String?, _ version: Version, name: String
  ) throws -> Kind {
    let names = [outer, inner].compactMap(\.self)
    if names.contains(where: regressions.contains) { return .numbers }
    if names.contains(where: logarithms.contains) {
      throw CheckpointError.fastai(
        .unsupportedLoss(name: name, setting: "outputs that are logarithms"))
    }
    if names.contains(where: { ["BCELoss", "binary_cross_entropy", "BCELossFlat"].contains($0) }) {
      return .probabilities
    }
    switch version {
    case .first:
      if let name = names.last(where: first.contains), let link = plain[name] {
        return .known(link)
      }
    case .second:
      if let link = own[outer] { return .known(link) }
    }
    return names.lazy.compactMap { own[$0] ?? plain[$0] }.first.map(Kind.implied) ?? .unknown
  }

  // MARK: - Thresholds

  /// A number, or a tensor with one a class.
  private static func thresholds(
    _ value: PickleValue, loss: String, in file: TorchFile
  ) throws -> [Float] {
    let most = 100_000
    if let number = value.real ?? value.label.flatMap(Double.init), number.isFinite {
      return [Float(number)]
    }
    if let tensor = try file.tensor(value, name: "thresh"),
      let count = elementCount(of: tensor.shape), tensor.shape.count < 2, (1...most).contains(count)
    {
      let numbers = try tensor.values(name: "thresh")
      if numbers.allSatisfy(\.isFinite) { return numbers }
    }
    throw CheckpointError.fastai(.unsupportedLoss(name: loss, setting: "thresh"))
  }
}
