internal import Reports

extension Messages {
  /// Why a picture cannot be drawn.
  static func sentence(_ error: RasterizerError) -> String {
    switch error {
    case .notInstalled(let program):
      "a PNG is drawn by \(program), which is not installed: apt install librsvg2-bin, with a font"
        + " as fonts-dejavu-core; or choose svg, which needs nothing"
    case .refused(let program, let line): "\(program) drew nothing: \(line)"
    case .failed(let reason): "the picture can't be drawn: \(reason)"
    }
  }
}
