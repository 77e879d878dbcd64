internal import Attribution
public import Molecules
public import TerminalUI

/// A molecule as a bitmap for terminals that show pictures: heat, contour lines and bonds. The
/// labels are written as text over it, in the same cells as by `MoleculeCells`.
public struct MoleculeImage: Sendable, Hashable {
  public let depiction: Depiction
  public let size: Size
  public let view: MoleculeCells.View
  public let heat: MoleculeHeat?
  /// The score with the strongest colour.
  public let scale: Float
  public let isSigned: Bool

  public init(
    _ depiction: Depiction, in size: Size, view: MoleculeCells.View, heat: MoleculeHeat?,
    scale: Float, isSigned: Bool
  ) {
    (self.depiction, self.size, self.view) = (depiction, size, view)
    (self.heat, self.scale, self.isSigned) = (heat, scale, isSigned)
  }

  /// kitty's protocol enlarges a picture, so that the number of pixels to send is limited.
  private static let mostScaledPixels = 300_000
  private static let mostPixels = 4_000_000

  /// The picture in the colours of a theme.
  /// - Parameter isDark: the terminal's background, for partially transparent pixels.
  /// - Returns: nil if there is nothing to draw, or if there would be too many pixels.
  public func image(for ability: PictureAbility, theme: Theme, isDark: Bool) -> IndexedImage? {
    var (width, height) = (ability.cellWidth, ability.cellHeight)
    func pixels() -> Int { size.columns * width * size.rows * height }
    if ability.format == .kitty {
      while pixels() > Self.mostScaledPixels, width > 4, height > 8 {
        (width, height) = (width - 1, max(8, (width - 1) * ability.cellHeight / ability.cellWidth))
      }
    }
    guard size.columns > 0, size.rows > 0, pixels() <= Self.mostPixels else { return nil }
    let cells = MoleculeCells(depiction, in: size, view: view)
    var raster = MoleculeRaster(cells, cellWidth: width, cellHeight: height)
    if let heat { raster.fill(heat, scale: scale) }
    raster.drawBonds()
    raster.clearLetters()
    let colors = MoleculeColors(theme, isSigned: isSigned, isDark: isDark)
    return IndexedImage(
      width: raster.width, height: raster.height,
      palette: colors.palette(isOpaque: ability.format == .sixel), pixels: raster.pixels)
  }
}

/// The colours of a picture: the fill of each level, and its mixtures with the colour of lines.
private struct MoleculeColors {
  private let fills: [IndexedImage.RGBA]
  private let ink: IndexedImage.RGBA
  private let ground: IndexedImage.RGBA

  init(_ theme: Theme, isSigned: Bool, isDark: Bool) {
    ink = isDark ? .init(235, 235, 235) : .init(20, 20, 20)
    ground = isDark ? .init(0, 0, 0) : .init(255, 255, 255)
    let clear = ground
    fills = (-HeatLevel.most...HeatLevel.most).map { level in
      let role = heatRole(level: level, isSigned: isSigned)
      guard level != 0,
        let color = theme.paint(Style(role), colors: .direct).background.components
      else { return clear }
      return .init(color.red, color.green, color.blue)
    }
  }

  /// In the order of `MoleculeRaster`'s indices; the first one is transparent.
  func palette(isOpaque: Bool) -> [IndexedImage.RGBA] {
    var palette = [IndexedImage.RGBA(ground.red, ground.green, ground.blue, alpha: 0)]
    for (place, fill) in fills.enumerated() {
      // a strong colour of a dark theme may be light, so the line colour is chosen to be visible on
      // it
      let brightness =
        0.299 * Float(fill.red) + 0.587 * Float(fill.green) + 0.114 * Float(fill.blue)
      let isZero = place == HeatLevel.most
      let ink =
        isZero ? self.ink : brightness > 127 ? IndexedImage.RGBA(10, 10, 10) : .init(245, 245, 245)
      for step in 0...MoleculeRaster.inkSteps {
        let share = Float(step) / Float(MoleculeRaster.inkSteps)
        if isZero, !isOpaque {
          palette.append(
            .init(ink.red, ink.green, ink.blue, alpha: UInt8((share * 255).rounded())))
        } else {
          palette.append(fill.mixed(with: ink, share))
        }
      }
    }
    return palette
  }
}

/// Fills pixels, each with a level of heat and an amount of line colour.
private struct MoleculeRaster {
  /// The number of steps from no line colour to full line colour.
  static let inkSteps = 4

  let width: Int
  let height: Int
  private let cells: MoleculeCells
  private let cell: (width: Int, height: Int)
  private var levels: [Int8]
  private var ink: [UInt8]
  private var isLetter: [Bool]

  init(_ cells: MoleculeCells, cellWidth: Int, cellHeight: Int) {
    self.cells = cells
    cell = (cellWidth, cellHeight)
    (width, height) = (cells.size.columns * cellWidth, cells.size.rows * cellHeight)
    levels = [Int8](repeating: 0, count: width * height)
    ink = [UInt8](repeating: 0, count: width * height)
    isLetter = [Bool](repeating: false, count: width * height)
  }

  /// 0 is empty, followed by the levels, each with its steps of line colour.
  var pixels: [UInt8] {
    levels.indices.map { index in
      if isLetter[index] || levels[index] == 0 && ink[index] == 0 { return 0 }
      let level = Int(levels[index]) + HeatLevel.most
      return UInt8(1 + level * (Self.inkSteps + 1) + Int(ink[index]))
    }
  }

  mutating func fill(_ heat: MoleculeHeat, scale: Float) {
    let step = (
      x: 1 / (cells.layout.scale * Float(cell.width)),
      y: 2 / (cells.layout.scale * Float(cell.height))
    )
    let values = HeatField(heat, cells.depiction).values(
      columns: width, rows: height,
      topLeft: .init(
        x: -Float(cells.offset.column) / cells.layout.scale + step.x / 2,
        y: Float(cells.offset.row) * 2 / cells.layout.scale - step.y / 2), step: step)
    guard values.count == levels.count else { return }
    for index in values.indices {
      levels[index] = Int8(clamping: HeatLevel.level(of: values[index], scale: scale))
    }
    // contour lines, where the level differs from that to the right or below
    for row in 0..<height - 1 {
      for column in 0..<width - 1 {
        let index = row * width + column
        if levels[index] != levels[index + 1] || levels[index] != levels[index + width] {
          ink[index] = 1
        }
      }
    }
  }

  // MARK: Bonds

  mutating func drawBonds() {
    let strokes = BondStrokes(cells.depiction, at: cells.ends, spacing: 0.17)
    for bond in cells.depiction.molecule.bonds.indices {
      for stroke in strokes[bond] { draw(stroke) }
    }
  }

  private func pixel(_ point: Depiction.Point) -> SIMD2<Float> {
    let dots = cells.dots(at: point) + 0.5
    return SIMD2(dots.x / 2 * Float(cell.width), dots.y / 4 * Float(cell.height))
  }

  private var thickness: Float { max(1.2, cells.layout.scale * Float(cell.width) * 0.05) }

  private mutating func draw(_ stroke: BondStroke) {
    switch stroke {
    case .line(let from, let to): line(pixel(from), pixel(to), thickness)
    case .dashed(let from, let to):
      let (start, end) = (pixel(from), pixel(to))
      for dash in 0..<4 {
        let (first, last) = (Float(dash) / 4 + 0.05, Float(dash) / 4 + 0.2)
        line(start + (end - start) * first, start + (end - start) * last, thickness)
      }
    case .wedge(let narrow, let wide, let width):
      let (start, end) = (pixel(narrow), pixel(wide))
      let broad = width * cells.layout.scale * Float(cell.width)
      for step in 0..<24 {
        let share = Float(step) / 24
        line(
          start + (end - start) * share, start + (end - start) * (share + 1 / 24),
          max(thickness * 0.6, broad * share))
      }
    case .hash(let narrow, let wide, let width):
      let (start, end) = (pixel(narrow), pixel(wide))
      let way = end - start
      let length = max((way * way).sum().squareRoot(), 1e-3)
      let broad = width * cells.layout.scale * Float(cell.width)
      let aside = SIMD2(-way.y, way.x) / length * broad / 2
      for step in 1...6 {
        let share = Float(step) / 6
        let middle = start + way * share
        line(middle - aside * share, middle + aside * share, thickness * 0.8)
      }
    }
  }

  /// A line with round ends and antialiased edges.
  private mutating func line(_ from: SIMD2<Float>, _ to: SIMD2<Float>, _ thickness: Float) {
    let half = thickness / 2
    let low = pointwiseMin(from, to) - half - 1
    let high = pointwiseMax(from, to) + half + 1
    guard low.x.isFinite, low.y.isFinite, high.x.isFinite, high.y.isFinite else { return }
    let columns = Self.range(low.x, high.x, width)
    let rows = Self.range(low.y, high.y, height)
    let way = to - from
    let square = max((way * way).sum(), 1e-6)
    for row in rows {
      for column in columns {
        let point = SIMD2(Float(column) + 0.5, Float(row) + 0.5) - from
        let share = min(max((point * way).sum() / square, 0), 1)
        let apart = point - way * share
        let distance = (apart * apart).sum().squareRoot()
        let cover = min(max(half + 0.5 - distance, 0), 1)
        let steps = UInt8((cover * Float(Self.inkSteps)).rounded())
        let index = row * width + column
        if steps > ink[index] { ink[index] = steps }
      }
    }
  }

  private static func range(_ low: Float, _ high: Float, _ count: Int) -> Range<Int> {
    let first = Int(min(max(low.rounded(.down), 0), Float(count)))
    let end = Int(min(max(high.rounded(.up), 0), Float(count)))
    return first..<max(first, end)
  }

  // MARK: Letters

  /// Nothing is drawn in cells with letters.
  mutating func clearLetters() {
    for position in cells.letterCells {
      for row in position.row * cell.height..<(position.row + 1) * cell.height {
        let start = row * width + position.column * cell.width
        for index in start..<start + cell.width { isLetter[index] = true }
      }
    }
  }
}

extension MoleculeCells {
  /// The cells with letters, relative to the top left of the rectangle, as far as they are visible.
  var letterCells: [Position] {
    layout.atoms.indices.flatMap { atom in
      (layout.labels[atom] ?? []).filter { part in
        part.cells(around: layout.atoms[atom]).allSatisfy { isInside(shown($0)) }
      }.flatMap { $0.cells(around: layout.atoms[atom]).map { shown($0) } }
    }
  }
}
