/// What a second model says of a table's rows, as far as it has come.
public struct OtherAnswers: Sendable {
  /// The second model's name.
  public let name: String
  private var answers: [Gold] = []
  private var probabilities: [Float] = []

  public init(name: String) {
    self.name = name
  }

  /// The rows that are answered are the table's first.
  public var count: Int { answers.count }

  /// - Parameter probability: of the answer.
  public mutating func append(_ answer: Gold, probability: Float) {
    answers.append(answer)
    probabilities.append(probability)
  }

  public mutating func append(contentsOf other: OtherAnswers) {
    answers += other.answers
    probabilities += other.probabilities
  }

  /// Nil for a row that is not answered yet.
  public func answer(_ row: Int) -> Gold? { row < answers.count ? answers[row] : nil }
  public func probability(_ row: Int) -> Float? {
    row < probabilities.count ? probabilities[row] : nil
  }
}
