extension OutputFormat {
  public static let svg: OutputFormat = {
    var format = OutputFormat(name: "svg", summary: "vector image")
    format.explanations = DocumentWriter { SVGReport(model: $0.model) }
    format.contrasts = DocumentWriter { SVGReport(model: $0.model) }
    format.screen = DocumentWriter { Output(ScreenSVG(theme: $0.theme).text(of: $0.frame)) }
    return format
  }()

  /// The SVG as a bitmap.
  public static let png: OutputFormat = {
    var format = OutputFormat(name: "png", summary: "bitmap (needs rsvg-convert)")
    format.explanations = DocumentWriter(note: "by rsvg-convert") { SVGReport(model: $0.model) }
    format.contrasts = OutputFormat.svg.contrasts
    format.screen = OutputFormat.svg.screen
    format.rasterizer = Rasterizer()
    return format
  }()
}
