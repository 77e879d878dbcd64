internal import Tensors

/// How `learn.predict` interprets a model's outputs: the `activation` and `decodes` of the loss.
///
/// Source: fastai 2.8.12, `losses.py` and `Learner.get_preds`; fastai 1.0.61, `_loss_func2activ`.
struct FastaiLoss {
  enum Version {
    case first, second
  }

  let problem: SavedClassifier.Problem
  /// Multi-label thresholds: one number, or one per class.
  let thresholds: [Float]
  let notes: [ModelNote]
  /// Whether the outputs are already probabilities, by `y_range`.
  private let takesProbabilities: Bool
  private let name: String

  /// - Throws: `CheckpointError.fastai` if classes have a regression's loss or numbers a
  ///   classifier's, or if the activation is unknown.
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
      // Several yes-or-no tasks may have numeric labels.
      problem = kind.link == .sigmoid ? .multiLabel : .regression
    }
    takesProbabilities = kind == .probabilities
    if let axis = loss?.attribute("axis")?.integer, ![-1, 1].contains(axis) {
      throw CheckpointError.fastai(.unsupportedLoss(name: name, setting: "axis \(axis)"))
    }
    let threshold = loss?.attribute("thresh")
    thresholds = try threshold.map { try Self.thresholds($0, loss: outer, in: file) } ?? [0.5]
    var notes: [ModelNote] = []
    // fastai applies no activation to an unknown loss, which is right for numbers.
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

  /// Replaces an output range from 0 to 1 by the equivalent sigmoid if the loss takes
  /// probabilities.
  /// - Throws: `CheckpointError.fastai(.unsupportedLoss)`.
  func apply(to settings: inout AWDLSTMSettings, classes: Int) throws {
    guard thresholds.count == 1 || thresholds.count == classes else {
      throw CheckpointError.fastai(
        .unsupportedLoss(name: name, setting: "\(thresholds.count) thresholds"))
    }
    guard takesProbabilities else { return }
    guard settings.outputRange == 0...1 else {
      throw CheckpointError.fastai(
        .unsupportedLoss(name: name, setting: "outputs that are not probabilities"))
    }
    settings.outputRange = nil
  }

  // MARK: - Kinds

  private enum Link {
    case softmax, sigmoid
  }

  private enum Kind: Equatable {
    /// Stated by the loss.
    case known(Link)
    /// Not stated by the loss, but implied by what it computes.
    case implied(Link)
    case probabilities
    /// Regression.
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
  /// PyTorch's own losses, as classes and functions, and fastai's without an activation.
  private static let plain: [String: Link] = [
    "CrossEntropyLoss": .softmax, "cross_entropy": .softmax, "FocalLoss": .softmax,
    "LabelSmoothingCrossEntropy": .softmax, "MultiMarginLoss": .softmax,
    "BCEWithLogitsLoss": .sigmoid, "binary_cross_entropy_with_logits": .sigmoid,
    "MultiLabelSoftMarginLoss": .sigmoid, "multilabel_soft_margin_loss": .sigmoid,
  ]
  /// Losses whose activation fastai 1 knows by name.
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

  /// A number, or a tensor with one per class.
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
