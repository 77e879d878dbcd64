internal import Attribution
package import Molecules
internal import TerminalUI

/// A molecule as in print: black bonds and letters over smooth contours of its heat.
package struct MoleculePicture {
  private let depiction: Depiction
  private let heat: MoleculeHeat
  private let scale: Float
  private let isSigned: Bool
  /// The length of a bond in pixels.
  private let unit: Float
  private let topLeft: SIMD2<Float>
  package let width: Float
  package let height: Float

  /// The margin around the outermost atoms, in bond lengths: the extent of a Gaussian.
  private static let margin: Float = 1.25
  /// Grid points per bond length for the contours.
  private static let fineness: Float = 16

  /// - Parameters:
  ///   - scale: the score with the strongest colour.
  ///   - maxWidth: in pixels. A small molecule is not enlarged.
  package init(
    _ depiction: Depiction, heat: MoleculeHeat, scale: Float, isSigned: Bool, maxWidth: Float
  ) {
    self.depiction = depiction
    self.heat = heat
    self.scale = scale
    self.isSigned = isSigned
    let (xs, ys) = (depiction.points.map(\.x), depiction.points.map(\.y))
    let (left, top) = ((xs.min() ?? 0) - Self.margin, (ys.max() ?? 0) + Self.margin)
    let columns = (xs.max() ?? 0) + Self.margin - left
    let rows = top - (ys.min() ?? 0) + Self.margin
    unit = min(44, maxWidth / columns)
    topLeft = SIMD2(left, top)
    width = columns * unit
    height = rows * unit
  }

  /// SVG elements in `width` by `height` pixels from the origin.
  package var elements: MarkupText {
    ([contours] + bonds + labels).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: Heat

  /// Each level is a filled shape over the lower ones.
  private var contours: MarkupText {
    let step = 1 / Self.fineness
    let columns = Int((width / unit / step).rounded(.up)) + 1
    let rows = Int((height / unit / step).rounded(.up)) + 1
    let values = HeatField(heat, depiction).values(
      columns: columns, rows: rows, topLeft: .init(topLeft), step: (step, step))
    var shapes: [MarkupText] = []
    for sign in isSigned ? [Float(1), -1] : [1] {
      let signed = sign > 0 ? values : values.map { -$0 }
      for level in 1...HeatLevel.most where scale > 0 {
        let threshold = scale * (Float(level) - 0.5) / Float(HeatLevel.most)
        let lines = ContourLines(signed, columns: columns, level: threshold)
        guard !lines.loops.isEmpty else { break }
        let role = heatRole(level: sign > 0 ? level : -level, isSigned: isSigned)
        let fill = HeatColors.light.pair(for: role)?.background ?? "#dddddd"
        shapes.append(
          "<path fill=\"\(fill)\" stroke=\"#777777\" stroke-width=\"0.4\" fill-rule=\"evenodd\" d=\"\(path(lines.loops, step: step))\"/>"
        )
      }
    }
    return shapes.joined(separator: "\n")
  }

  private func path(_ loops: [[SIMD2<Float>]], step: Float) -> MarkupText {
    loops.map { loop -> MarkupText in
      let corners = loop.map { corner -> MarkupText in
        let place = corner * step * unit
        return "\(Self.number(place.x)) \(Self.number(place.y))"
      }
      return "M" + corners.joined(separator: "L") + "Z"
    }.joined()
  }

  // MARK: Bonds

  private var bonds: [MarkupText] {
    let strokes = BondStrokes(depiction, at: nil, spacing: 0.17)
    return depiction.molecule.bonds.indices.flatMap { bond in
      strokes[bond].map { element($0, of: depiction.molecule.bonds[bond]) }
    }
  }

  private func element(_ stroke: BondStroke, of bond: Bond) -> MarkupText {
    switch stroke {
    case .line(let from, let to): return line(from, to, bond)
    case .dashed(let from, let to):
      return line(from, to, bond, " stroke-dasharray=\"3 3\"")
    case .wedge(let narrow, let wide, let width):
      let (start, end) = trimmed(narrow, wide, bond)
      let aside = Self.perpendicular(start, end) * width / 2
      let corners = [start, end + aside, end - aside].map { pixels($0) }
      return "<path d=\"M\(corners.joined(separator: "L"))Z\" fill=\"#000000\"/>"
    case .hash(let narrow, let wide, let width):
      let (start, end) = trimmed(narrow, wide, bond)
      let aside = Self.perpendicular(start, end) * width / 2
      return (1...7).map { step -> MarkupText in
        let share = Float(step) / 7
        let middle = start + (end - start) * share
        return line(pixels(middle + aside * share), pixels(middle - aside * share))
      }.joined()
    }
  }

  private func line(
    _ from: Depiction.Point, _ to: Depiction.Point, _ bond: Bond, _ dash: MarkupText = ""
  ) -> MarkupText {
    let (start, end) = trimmed(from, to, bond)
    return line(pixels(start), pixels(end), dash)
  }

  private func line(
    _ start: MarkupText, _ end: MarkupText, _ dash: MarkupText = ""
  ) -> MarkupText {
    "<path d=\"M\(start)L\(end)\" stroke=\"#000000\" stroke-width=\"1.6\" stroke-linecap=\"round\"\(dash)/>"
  }

  /// A line that ends at the letters of an atom.
  private func trimmed(
    _ from: Depiction.Point, _ to: Depiction.Point, _ bond: Bond
  ) -> (SIMD2<Float>, SIMD2<Float>) {
    let (start, end) = (from.vector, to.vector)
    let way = end - start
    let length = max((way * way).sum().squareRoot(), 1e-6)
    func cut(at place: SIMD2<Float>) -> Float {
      let near = [bond.from, bond.to].min {
        Self.distance(depiction.points[$0].vector, place)
          < Self.distance(depiction.points[$1].vector, place)
      }
      guard let near, AtomLabel(near, of: depiction.molecule) != nil else { return 0 }
      let away = Self.distance(depiction.points[near].vector, place)
      return max(0, 0.27 - away) / length
    }
    return (start + way * cut(at: start), end - way * cut(at: end))
  }

  private static func distance(_ first: SIMD2<Float>, _ second: SIMD2<Float>) -> Float {
    (((first - second) * (first - second)).sum()).squareRoot()
  }

  private static func perpendicular(_ start: SIMD2<Float>, _ end: SIMD2<Float>) -> SIMD2<Float> {
    let way = end - start
    return SIMD2(-way.y, way.x) / max((way * way).sum().squareRoot(), 1e-6)
  }

  // MARK: Letters

  private var fontSize: Float { unit * 0.42 }

  private var labels: [MarkupText] {
    let molecule = depiction.molecule
    return molecule.atoms.indices.compactMap { atom in
      AtomLabel(atom, of: molecule).map { label in
        let place = depiction.points[atom].vector
        let directions = molecule.neighbors(of: atom).map { other in
          let way = depiction.points[other].vector - place
          return way / max((way * way).sum().squareRoot(), 1e-6)
        }
        return text(
          label, at: place,
          HydrogenSide.ranked(directions, symbol: label.symbol).first ?? .right)
      }
    }
  }

  private func text(_ label: AtomLabel, at place: SIMD2<Float>, _ side: HydrogenSide) -> MarkupText
  {
    // Half of the symbol's width, so that its centre is at the atom.
    let half = fontSize * (label.symbol.count > 1 ? 0.48 : 0.37)
    let middle = (place - topLeft) * SIMD2(unit, -unit)
    let baseline = middle.y + fontSize * 0.36
    let symbol = raised(label.isotopeText(isASCII: true)) + "\(label.symbol)"
    let charge = raised(label.chargeText(isASCII: false).plainDigits)
    let hydrogens = Self.hydrogens(label, fontSize)
    func write(_ text: MarkupText, x: Float, y: Float, _ anchor: MarkupText) -> MarkupText {
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(fontSize))\" text-anchor=\"\(anchor)\">\(text)</text>"
    }
    switch side {
    case _ where label.hydrogens == 0, .right:
      let shift = fontSize * 0.4 * Float(label.isotopeText(isASCII: true).count)
      return write(symbol + hydrogens + charge, x: middle.x - half - shift, y: baseline, "start")
    case .left:
      return write(hydrogens + symbol, x: middle.x + half, y: baseline, "end")
        + (charge.isEmpty ? "" : write(charge, x: middle.x + half, y: baseline, "start"))
    case .below, .above:
      let row = fontSize * (side == .below ? 0.9 : -0.9)
      return write(symbol + charge, x: middle.x - half, y: baseline, "start")
        + write(hydrogens, x: middle.x - half, y: baseline + row, "start")
    }
  }

  private static func hydrogens(_ label: AtomLabel, _ size: Float) -> MarkupText {
    guard label.hydrogens > 0 else { return "" }
    guard label.hydrogens > 1 else { return "H" }
    let drop = number(size * 0.2)
    return "H<tspan dy=\"\(drop)\" font-size=\"\(number(size * 0.7))\">\(label.hydrogens)</tspan>"
      + "<tspan dy=\"-\(drop)\">\u{200B}</tspan>"
  }

  private func raised(_ text: String) -> MarkupText {
    guard !text.isEmpty else { return "" }
    let rise = Self.number(fontSize * 0.32)
    return "<tspan dy=\"-\(rise)\" font-size=\"\(Self.number(fontSize * 0.7))\">\(text)</tspan>"
      + "<tspan dy=\"\(rise)\">\u{200B}</tspan>"
  }

  private func pixels(_ point: SIMD2<Float>) -> MarkupText {
    let place = (point - topLeft) * SIMD2(unit, -unit)
    return "\(Self.number(place.x)) \(Self.number(place.y))"
  }

  /// Tenths of a pixel are enough.
  private static func number(_ value: Float) -> String { Numerals.fixed(value, 1) }
}

extension String {
  /// `2⁺` for `²⁺`, because the whole text is raised by the layout.
  fileprivate var plainDigits: String {
    let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return String(
      map { letter in
        if let digit = raised.firstIndex(of: letter) { return Character(String(digit)) }
        return letter == "⁺" ? "+" : letter == "⁻" ? "−" : letter
      })
  }
}
