/// A second model's predictions for a table's rows, as far as they are computed.
public struct OtherAnswers: Sendable {
  /// The second model's name.
  public let name: String
  private var answers: [Gold] = []
  private var probabilities: [Float] = []

  public init(name: String) {
    self.name = name
  }

  /// The number of rows with a prediction, which are the first of the table.
  public var count: Int { answers.count }

  /// - Parameter probability: the probability of the answer.
  public mutating func append(_ answer: Gold, probability: Float) {
    answers.append(answer)
    probabilities.append(probability)
  }

  public mutating func append(contentsOf other: OtherAnswers) {
    answers += other.answers
    probabilities += other.probabilities
  }

  /// nil for a row without a prediction yet.
  public func answer(_ row: Int) -> Gold? { row < answers.count ? answers[row] : nil }
  public func probability(_ row: Int) -> Float? {
    row < probabilities.count ? probabilities[row] : nil
  }
}
