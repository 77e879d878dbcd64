/// What a fastai learner predicts: classes, or numbers (`RegressionBlock`, fastai 1's `FloatList`).
enum FastaiTargets {
  /// The label transform or processor.
  case classes(PickleValue)
  /// The columns that the numbers were read from, if the file names them.
  case numbers(columns: [String])

  /// - Parameter transforms: the target transforms, in order.
  /// - Throws: `CheckpointError.fastai(.missing)`.
  init(transforms: [PickleValue]) throws {
    let categories = ["Categorize", "MultiCategorize", "EncodedMultiCategorize"]
    if let labels = transforms.last(where: { categories.contains($0.className ?? "") }) {
      self = .classes(labels)
    } else if transforms.contains(where: { $0.className == "RegressionSetup" }) {
      let reader = transforms.first { $0.className == "ColReader" }
      let columns = reader?.attribute("cols")?.list?.prefix(Self.columnLimit) ?? []
      self = .numbers(columns: columns.compactMap(\.text))
    } else {
      throw CheckpointError.fastai(.missing(part: "classes"))
    }
  }

  private static let columnLimit = 10_000

  /// One name per output. Numbers are named after their columns if each has one.
  /// - Throws: `CheckpointError.fastai(.missing)`.
  func names(outputs: Int) throws -> [String] {
    switch self {
    case .classes(let labels): return try labels.classNames()
    case .numbers(let columns):
      if columns.count == outputs, Set(columns).count == outputs { return columns }
      return outputs == 1 ? ["value"] : (0..<outputs).map(String.init)
    }
  }

  func notes(_ names: [String]) -> [ModelNote] {
    guard case .numbers(let columns) = self, names.count > 1, names != columns else { return [] }
    return [.numberedClasses(names.count)]
  }
}
