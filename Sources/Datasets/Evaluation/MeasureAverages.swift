/// Measures explanations on a random sample of a data set.
package struct MeasureAverages {
  private let methods: [String]
  private let measures: [String]
  private let measure: (Example) throws -> [[Double?]]
  private var sample: Reservoir<Example>
  private var generator: any RandomNumberGenerator
  /// Called before each text, with how many of the sample are measured.
  package var progress: (_ done: Int, _ count: Int) -> Void = { _, _ in }

  /// - Parameters:
  ///   - rows: the size of the sample.
  ///   - generator: draws the sample; the same generator draws the same rows.
  ///   - measure: returns the values for a text: a list for each method with a value for each
  ///     measure, nil if the measure or the method does not apply to the text.
  package init(
    methods: [String], measures: [String], rows: Int, generator: any RandomNumberGenerator,
    measure: @escaping (Example) throws -> [[Double?]]
  ) {
    self.methods = methods
    self.measures = measures
    self.measure = measure
    self.generator = generator
    sample = Reservoir(limit: rows)
  }

  package mutating func add(_ example: Example) {
    sample.add(example, using: &generator)
  }

  /// One value per method and measure, grouped by method.
  /// - Throws: errors of `measure`.
  package func averages() throws -> [MeasureAverage] {
    var averages = methods.flatMap { method in
      measures.map { MeasureAverage(method: method, measure: $0) }
    }
    let examples = sample.items
    for (number, example) in examples.enumerated() {
      progress(number, examples.count)
      for (index, value) in try measure(example).joined().enumerated() {
        if let value {
          averages[index].estimate.add(value)
        } else {
          averages[index].notApplicable += 1
        }
      }
    }
    return averages
  }
}
