/// The frame of every page, which loads nothing and runs no script.
package struct HTMLPage {
  /// Not escaped.
  package let title: String
  /// In CSS units: `60em`.
  package let width: MarkupText
  /// CSS rules in addition to those of every page.
  package let style: MarkupText

  package init(title: String, width: MarkupText, style: MarkupText) {
    self.title = title
    self.width = width
    self.style = style
  }

  package var opening: MarkupText {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Whylight: \(title)</title>
    <style>
    :root { color-scheme: light dark }
    body { font: 16px/1.5 system-ui, sans-serif; max-width: \(width); margin: 2em auto; padding: 0 1em }
    \(style)
    </style>
    </head>
    <body>

    """
  }

  package static let closing: MarkupText = "</body>\n</html>\n"

  /// Numbers aligned to the right, texts to the left.
  package static let tables: MarkupText = """
    h1 { font-size: 1.3em } h2 { font-size: 1em; margin: 2em 0 .5em }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums }
    th, td { text-align: right; padding: .15em .7em; border-bottom: 1px solid #8a8a8a55;
      vertical-align: top }
    td.text { text-align: left; white-space: pre-wrap; overflow-wrap: anywhere }
    """
}
