/// Sums over weighted samples of a set of players and a value, from which any linear regression on
/// the players can be solved without the samples.
struct WeightedMoments {
  let count: Int
  private(set) var weight = 0.0
  /// `Σ w y` and `Σ w y²`.
  private(set) var value = 0.0
  private(set) var square = 0.0
  /// `Σ w x`, `[d]`.
  private(set) var sums: [Double]
  /// `Σ w x y`, `[d]`.
  private(set) var products: [Double]
  /// `Σ w x xᵀ`, `[d, d]`.
  private(set) var matrix: [Double]

  init(count: Int) {
    self.count = count
    sums = [Double](repeating: 0, count: count)
    products = sums
    matrix = [Double](repeating: 0, count: count * count)
  }

  mutating func add(_ players: [Int], value y: Double, weight w: Double) {
    weight += w
    value += w * y
    square += w * y * y
    for i in players {
      sums[i] += w
      products[i] += w * y
      for j in players { matrix[i * count + j] += w }
    }
  }

  static func + (a: WeightedMoments, b: WeightedMoments) -> WeightedMoments {
    var sum = a
    sum.weight += b.weight
    sum.value += b.value
    sum.square += b.square
    for i in sum.sums.indices {
      sum.sums[i] += b.sums[i]
      sum.products[i] += b.products[i]
    }
    for i in sum.matrix.indices { sum.matrix[i] += b.matrix[i] }
    return sum
  }

  /// A linear function of the players, `intercept + Σ slopes`.
  struct Fit {
    var intercept: Double
    /// `[d]`; 0 for players that are left out.
    var slopes: [Double]
  }

  /// The weighted coefficient of determination; 1 if the values are constant.
  func rSquared(_ fit: Fit) -> Double {
    guard weight > 0 else { return 1 }
    let mean = value / weight
    let total = square - weight * mean * mean
    var residual =
      square - 2 * fit.intercept * value + weight * fit.intercept * fit.intercept
    for (i, slope) in fit.slopes.enumerated() where slope != 0 {
      residual += 2 * slope * (fit.intercept * sums[i] - products[i])
      for (j, other) in fit.slopes.enumerated() {
        residual += slope * other * matrix[i * count + j]
      }
    }
    return total > 0 ? 1 - residual / total : 1
  }

  /// Centred at the weighted means: `Σ w x̃ x̃ᵀ` of some players, and `Σ w x̃ ỹ`.
  private func centered(_ players: [Int]) -> (matrix: [Double], products: [Double]) {
    guard weight > 0 else {
      return (
        [Double](repeating: 0, count: players.count * players.count),
        [Double](repeating: 0, count: players.count)
      )
    }
    var matrix: [Double] = []
    for i in players {
      for j in players {
        matrix.append(self.matrix[i * count + j] - sums[i] * sums[j] / weight)
      }
    }
    return (matrix, players.map { products[$0] - sums[$0] * value / weight })
  }

  private func fit(_ slopes: [Double], of players: [Int]) -> Fit {
    var fit = Fit(intercept: 0, slopes: [Double](repeating: 0, count: count))
    for (place, player) in players.enumerated() { fit.slopes[player] = slopes[place] }
    guard weight > 0 else { return fit }
    fit.intercept =
      (value - zip(fit.slopes, sums).reduce(0) { $0 + $1.0 * $1.1 }) / weight
    return fit
  }

  /// `min Σ w (y - a - x b)² + penalty |b|²`, like scikit-learn's `Ridge`.
  func ridge(penalty: Double, players: [Int]? = nil) -> Fit {
    let players = players ?? Array(0..<count)
    var (matrix, products) = centered(players)
    for i in players.indices { matrix[i * players.count + i] += penalty }
    return fit(SymmetricSolver(matrix, count: players.count).solve(products), of: players)
  }

  /// `min Σ w (y - a - x b)² / (2 Σ w) + penalty |b|₁`, like scikit-learn's `Lasso`, by coordinate
  /// descent.
  func lasso(penalty: Double, players: [Int]? = nil) -> Fit {
    let players = players ?? Array(0..<count)
    let (matrix, products) = centered(players)
    let d = players.count
    var slopes = [Double](repeating: 0, count: d)
    guard weight > 0 else { return fit(slopes, of: players) }
    for _ in 0..<1000 {
      var change = 0.0
      for i in 0..<d where matrix[i * d + i] > 0 {
        var rest = products[i] / weight
        for j in 0..<d where j != i { rest -= matrix[i * d + j] / weight * slopes[j] }
        let shrunk = max(abs(rest) - penalty, 0) * (rest < 0 ? -1 : 1)
        let slope = shrunk / (matrix[i * d + i] / weight)
        change = max(change, abs(slope - slopes[i]))
        slopes[i] = slope
      }
      // Also stops at NaN.
      if !(change > 1e-10) { break }
    }
    return fit(slopes, of: players)
  }
}

/// Solves `A x = b` for a positive semidefinite matrix by Cholesky decomposition. Directions in the
/// null space, up to rounding, get 0.
struct SymmetricSolver {
  private let count: Int
  /// Lower triangle, row-major; columns with pivot 0 are left out.
  private var factor: [Double]

  init(_ matrix: [Double], count: Int) {
    self.count = count
    factor = matrix
    let largest = (0..<count).map { abs(matrix[$0 * count + $0]) }.max() ?? 0
    for j in 0..<count {
      var pivot = factor[j * count + j]
      for k in 0..<j { pivot -= factor[j * count + k] * factor[j * count + k] }
      let isKnown = pivot > 1e-12 * largest
      let root = isKnown ? pivot.squareRoot() : 0
      factor[j * count + j] = root
      for i in j + 1..<max(count, j + 1) {
        var sum = factor[i * count + j]
        for k in 0..<j { sum -= factor[i * count + k] * factor[j * count + k] }
        factor[i * count + j] = isKnown ? sum / root : 0
      }
    }
  }

  func solve(_ b: [Double]) -> [Double] {
    var x = b
    for i in 0..<count {
      for k in 0..<i { x[i] -= factor[i * count + k] * x[k] }
      let pivot = factor[i * count + i]
      x[i] = pivot > 0 ? x[i] / pivot : 0
    }
    for i in (0..<count).reversed() {
      for k in i + 1..<max(count, i + 1) { x[i] -= factor[k * count + i] * x[k] }
      let pivot = factor[i * count + i]
      x[i] = pivot > 0 ? x[i] / pivot : 0
    }
    return x
  }
}
