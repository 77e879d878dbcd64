import Checkpoints
import Documents
import Molecules
import Tokenizers

/// The readers of files that others made, each over a whole file in memory, and of SMILES.
enum Reader: String, CaseIterable {
  case pickle, zip, export, safetensors, tokenizer, sentencepiece, smiles

  /// Reads as far as a program would. A refusal is an answer; anything else that ends the process is
  /// what the fuzzer looks for.
  func read(_ bytes: [UInt8]) {
    do {
      switch self {
      case .pickle: _ = try Pickle(bytes)
      case .zip: _ = try ZipArchive(ByteSource(bytes))
      case .export: try load(try FastaiExport.read(ByteSource(bytes)).tensors)
      case .tokenizer:
        let json = try JSON(bytes, valueLimit: HuggingFaceTokenizer.valueLimit(bytes))
        check(try HuggingFaceTokenizer(json: json, tokenLimit: 16).encode(Self.text))
      case .sentencepiece:
        let model = try SentencePieceModel(bytes)
        _ = try SentencePiece(model).encode(Self.text)
        for type in ["albert", "camembert", "deberta-v2", "xlm-roberta"] {
          let tokenizer = try HuggingFaceTokenizer(
            model: ModelSettings(type: type), tokenLimit: nil
          ) { $0.hasSuffix(".model") ? bytes : nil }
          check(tokenizer.encode(Self.text))
        }
      case .safetensors: try load(try Safetensors.tensors(in: ByteSource(bytes)))
      case .smiles: check(SMILESReading(String(decoding: bytes.prefix(4096), as: UTF8.self)))
      }
    } catch {
      // A refusal must be one of ours, with facts in it.
      precondition(
        error is CheckpointError || error is TokenizerFileError || error is JSONError,
        "\(self) threw \(error)")
    }
  }

  /// White space, accents, digits, a character of four bytes and what looks like special tokens.
  private static let text = "The caf\u{E9} isn't 1,000\u{1F600} e\u{301}  good <mask>[SEP]\n\u{0}x"

  private func check(_ encoding: Encoding) {
    for piece in encoding.pieces {
      precondition(piece.utf8Range.upperBound <= encoding.text.utf8.count, "\(piece)")
    }
  }

  /// A molecule is drawn or refused, also while it is typed, named, and written so that it can be read again.
  private func check(_ reading: SMILESReading) {
    let molecule = reading.molecule
    for (part, next) in Swift.zip(reading.parts, reading.parts.dropFirst()) {
      precondition(part.range.upperBound == next.range.lowerBound, "\(part) \(next)")
    }
    if molecule.atoms.count < 100, let drawing = try? Depiction(of: molecule) {
      precondition(drawing.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
      let next = try? Depiction(of: molecule, near: drawing)
      precondition(next?.points.count == molecule.atoms.count)
      let half = String(
        decoding: molecule.text.utf8.prefix(molecule.text.utf8.count / 2), as: UTF8.self)
      let before = try? Sketch(of: SMILESReading(half).molecule)
      let typed = try? Sketch(of: molecule, near: before)
      precondition(
        typed.map { $0.drawing.points.allSatisfy { $0.x.isFinite && $0.y.isFinite } } ?? false)
    }
    _ = molecule.substructures
    var generator = SteadySteps()
    let written = molecule.randomSMILES(using: &generator)
    precondition(SMILESReading(written.text).molecule.atoms.count == molecule.atoms.count)
    for atom in molecule.atoms.indices.prefix(8) { _ = molecule.swapping(atom, for: .methyl) }
  }

  private func load(_ tensors: NamedTensors) throws {
    for name in tensors.names {
      let shape = tensors.shape(of: name) ?? []
      switch shape.count {
      case 1: _ = try tensors.vector(name, count: shape[0])
      case 2: _ = try tensors.matrix(name, rows: shape[0], columns: shape[1])
      default: continue
      }
    }
  }
}

/// The same numbers in every run, so that a finding can be repeated: multiples of the golden ratio.
private struct SteadySteps: RandomNumberGenerator {
  private var last: UInt64 = 0

  mutating func next() -> UInt64 {
    last &+= 0x9E37_79B9_7F4A_7C15
    return last
  }
}
