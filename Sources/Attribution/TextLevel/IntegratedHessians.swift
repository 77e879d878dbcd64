internal import Classifiers
internal import Glibc
internal import Tensors

/// How tokens of a text interact on the path from a baseline `b` to the text `x`: integrated
/// gradients of integrated gradients.
///
/// For two disjoint groups of tokens, with `d` the difference `x - b` at a group's own tokens and
/// zero elsewhere,
///
///     value = mean over alpha and beta of alpha beta d_1' H(b + alpha beta (x - b)) d_2
///
/// where `H` is the Hessian of the target with respect to the embeddings. The integrand depends
/// only on `t = alpha beta`, whose density is `-log t`, so one path is enough. A product with the
/// Hessian is a finite difference of gradients at four points beside the path, of fourth order.
///
/// Source: Janizek, Sturmfels, Lee 2021, arXiv:2002.04138, equation 5.
struct IntegratedHessians {
  let classifier: any DifferentiableClassifier
  let request: ExplanationRequest

  /// The default number of points on the path. From a mask, 16 are enough for six digits; from zero
  /// vectors, where norms make the path steep at its start, 16 are wrong by a tenth of the largest
  /// value.
  private static let points = 48
  /// The step of the finite difference, as a fraction of the distance from the baseline: the
  /// truncation error is of the fourth power, and the rounding error is divided by it.
  private static let step = 0.05
  /// The first derivative from the values at -2, -1, 1 and 2 steps.
  private static let stencil: [(place: Double, weight: Double)] = [
    (-2, 1 / 12.0), (-1, -8 / 12.0), (1, 8 / 12.0), (2, -1 / 12.0),
  ]

  /// - Throws: `ExplainerError.notApplicable` if the model has no gradients.
  init(_ request: ExplanationRequest) throws {
    guard let classifier = request.model.classifier.differentiable else {
      throw ExplainerError.notApplicable(method: "integrated Hessians", needs: .gradients)
    }
    self.classifier = classifier
    self.request = request
  }

  /// The approximate number of model passes for the values of `columns` columns.
  static func expectedPasses(_ options: ExplainerOptions, columns: Int) -> Int {
    min(options.steps ?? points, IntegratedGradients.mostSteps) * columns * stencil.count
  }

  /// A row for each group of tokens, a column for each of the others.
  /// - Throws: `ExplainerError` if the model lacks the baseline's token or the number of steps is too
  ///   large; `CancellationError` within one call of the task's cancellation.
  func values(
    of rows: [[Int]], and columns: [[Int]]
  ) throws -> (values: [[Double]], evaluations: Int) {
    let steps = try request.gaussLegendreSteps()
    let text = try request.embeddings(by: classifier)
    let baseline = try request.baselineEmbeddings(
      request.baseline, by: classifier, text: text)
    let line = EmbeddingLine(from: baseline, to: text)
    let path = GaussLegendre(count: steps ?? Self.points)
    var values = rows.map { _ in [Double](repeating: 0, count: columns.count) }
    let perPoint = columns.count * Self.stencil.count
    let count = path.nodes.count * perPoint
    try request.forEachCall(rows: count, tokens: text.tokens) { call in
      let places = call.map { index in
        (
          point: index / perPoint, column: index % perPoint / Self.stencil.count,
          beside: Self.stencil[index % Self.stencil.count]
        )
      }
      var vectors = line.vectors(at: places.map { path.nodes[$0.point] })
      for (row, place) in places.enumerated() {
        let shift = Float(place.beside.place * Self.step * path.nodes[place.point])
        for token in columns[place.column] {
          let own = vectors.range(row: row, token: token)
          let differences = line.difference[text.range(row: 0, token: token)]
          for (index, difference) in zip(own, differences) {
            vectors.values[index] += shift * difference
          }
        }
      }
      let gradient = try classifier.gradient(
        of: places.map { _ in request.target }, at: vectors
      ).gradient
      for (row, place) in places.enumerated() {
        let t = path.nodes[place.point]
        let weight =
          path.weights[place.point] * -t * log(t) * place.beside.weight / (Self.step * t)
        for (group, tokens) in rows.enumerated() {
          var slope = 0.0
          for token in tokens {
            let own = gradient.values[gradient.range(row: row, token: token)]
            let differences = line.difference[text.range(row: 0, token: token)]
            for (derivative, difference) in zip(own, differences) {
              slope += Double(derivative) * Double(difference)
            }
          }
          values[group][place.column] += weight * slope
        }
      }
    }
    return (values, count)
  }
}
