import Foundation
import TerminalUI

/// How colours look to people without one kind of cones, and how far apart they then are.
enum ColorVision: String, CaseIterable {
  case normal, protan, deutan, tritan

  /// Linear RGB to linear RGB at full severity.
  /// Source: Machado, Oliveira and Fernandes 2009, table 1.
  private var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protan:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deutan:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritan:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }

  /// CIE L*a*b* (D65) of what is seen of a colour; nil for the terminal's own.
  func lab(_ color: Color) -> Lab? {
    guard let (red, green, blue) = color.components else { return nil }
    let linear = [red, green, blue].map { byte -> Double in
      let value = Double(byte) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let seen = matrix.map { row in min(1, max(0, zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 })) }
    let (r, g, b) = (seen[0], seen[1], seen[2])
    func f(_ t: Double) -> Double {
      t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116
    }
    let x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
    let y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
    let z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
    return Lab(lightness: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z))
  }
}

struct Lab {
  var lightness, a, b: Double

  /// CIE 1976.
  func distance(to other: Lab) -> Double {
    hypot(lightness - other.lightness, hypot(a - other.a, b - other.b))
  }

  /// CIEDE2000. Source: Sharma, Wu and Dalal 2005.
  func perceivedDistance(to other: Lab) -> Double {
    func sevenths(_ chroma: Double) -> Double {
      (pow(chroma, 7) / (pow(chroma, 7) + pow(25, 7))).squareRoot()
    }
    let stretch = 1 + 0.5 * (1 - sevenths((hypot(a, b) + hypot(other.a, other.b)) / 2))
    let (a1, a2) = (a * stretch, other.a * stretch)
    let (c1, c2) = (hypot(a1, b), hypot(a2, other.b))
    func hue(_ a: Double, _ b: Double) -> Double {
      let degrees = atan2(b, a) * 180 / .pi
      return degrees < 0 ? degrees + 360 : degrees
    }
    let (h1, h2) = (hue(a1, b), hue(a2, other.b))
    var turn = h2 - h1
    if abs(turn) > 180 { turn += turn > 0 ? -360 : 360 }
    var meanHue = (h1 + h2) / 2
    if abs(h1 - h2) > 180 { meanHue += h1 + h2 < 360 ? 180 : -180 }
    func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
    let weight =
      1 - 0.17 * cosine(meanHue - 30) + 0.24 * cosine(2 * meanHue)
      + 0.32 * cosine(3 * meanHue + 6) - 0.20 * cosine(4 * meanHue - 63)
    let (meanLightness, meanChroma) = ((lightness + other.lightness) / 2, (c1 + c2) / 2)
    let square = (meanLightness - 50) * (meanLightness - 50)
    let dL = (other.lightness - lightness) / (1 + 0.015 * square / (20 + square).squareRoot())
    let dC = (c2 - c1) / (1 + 0.045 * meanChroma)
    let dH =
      2 * (c1 * c2).squareRoot() * sin(turn / 2 * .pi / 180) / (1 + 0.015 * meanChroma * weight)
    let angle = 60 * exp(-pow((meanHue - 275) / 25, 2))
    let rotation = -sin(angle * .pi / 180) * 2 * sevenths(meanChroma)
    return max(0, dL * dL + dC * dC + dH * dH + rotation * dC * dH).squareRoot()
  }
}
