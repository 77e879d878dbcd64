import Foundation
import Molecules
import Reports
import TestSupport
import Testing
import Tokenizers

/// Molecules at places that do not depend on the version of CoordGen.
struct SampleMolecule: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let smiles: String
  let points: [[Float]]

  static let all: [SampleMolecule] = {
    (try? jsonLines(SampleMolecule.self, at: fixture("molecules/depictions.jsonl"))) ?? []
  }()

  static func named(_ name: String) -> SampleMolecule? { all.first { $0.name == name } }

  var testDescription: String { name }
  var reading: SMILESReading { SMILESReading(smiles) }

  /// - Parameter turn: by how much it is rotated, in radians.
  func depiction(turn: Float = 0) -> Depiction {
    let (cosine, sine) = (cos(turn), sin(turn))
    let points = points.map {
      Depiction.Point(x: cosine * $0[0] - sine * $0[1], y: sine * $0[0] + cosine * $0[1])
    }
    return Depiction(of: reading.molecule, at: points)
  }

  /// A piece for each part of the text, as a tokenizer of SMILES makes them.
  var pieces: [Piece] {
    let bytes = Array(smiles.utf8)
    return reading.parts.map { part in
      Piece(
        text: String(decoding: bytes[part.range], as: UTF8.self), id: 0, utf8Range: part.range)
    }
  }

  /// Waves of either sign along the text.
  var scores: [Float] { pieces.indices.map { 0.6 * sin(Float($0) * 0.7) } }
  var heat: MoleculeHeat { MoleculeHeat(reading, pieces: pieces, scores: scores) }
}
