internal import CNcurses
internal import Glibc
public import TerminalUI

/// The terminal as a screen: opened once, drawn frame by frame, and restored on every exit.
///
/// ncurses has one state per process, so only one screen can be open at a time, and it belongs to
/// the thread that opened it. Opening takes a few milliseconds; draw the first frame at once,
/// before anything is loaded.
public final class NcursesScreen: LoopScreen {
  /// The capabilities by which views draw and themes choose their ramps.
  public private(set) var abilities: TerminalAbilities
  /// A notice for the user about the terminal.
  public let notice: ScreenNotice?
  public let inputDescriptor: CInt
  private let ownsInput: Bool
  private let logPath: String?
  private let logLimit: Int
  private let mayAskForColors: Bool
  private let mayAskForKitty: Bool
  private var pictureFormats: Set<PictureAbility.Format> = []
  private var cellSize: (width: Int, height: Int)?

  private var shown: Frame?
  private var shownTheme = Theme.bare
  private var pens: [Style: Pen] = [:]
  private var pairs: [ColorPair: CInt] = [:]

  /// Takes over the terminal.
  /// - Throws: `ScreenError`; the terminal is restored.
  public static func open(_ options: ScreenOptions = ScreenOptions()) throws -> NcursesScreen {
    guard isatty(STDOUT_FILENO) == 1 else { throw ScreenError.outputIsNotATerminal }
    terminal_set_locale()
    let choice = try TerminalChoice(options)
    var input = STDIN_FILENO
    if isatty(STDIN_FILENO) != 1 {
      input = unsafe Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC)
      guard input >= 0 else { throw ScreenError.noTerminalForKeys(errno: errno) }
    }
    _ = SignalPipe.shared  // before ncurses would install handlers of its own
    let isOpen = unsafe terminal_open(
      choice.name, input, STDOUT_FILENO, options.usesMouse ? 1 : 0, choice.colors == .none ? 0 : 1)
    guard isOpen == 0 else {
      if input != STDIN_FILENO { Glibc.close(input) }
      throw ScreenError.unusableTerminal(name: choice.name)
    }
    let isLogged = unsafe errors_redirect(options.logPath, options.logLimit) != 0
    // The path is foreign text, and the crash handler writes it to the terminal.
    let shown: String? = isLogged ? options.logPath.map { DisplaySafe.shown($0) } : nil
    unsafe crash_install(shown)
    return NcursesScreen(choice, options, input: input)
  }

  private init(_ choice: TerminalChoice, _ options: ScreenOptions, input: CInt) {
    abilities = TerminalAbilities(
      colors: choice.colors, isPlain: options.isPlain, isConsole: choice.isConsole)
    logPath = options.logPath
    logLimit = options.logLimit
    mayAskForColors = choice.mayAskForMore
    mayAskForKitty = choice.mayAskForKitty
    notice = choice.notice
    inputDescriptor = input
    ownsInput = input != STDIN_FILENO
  }

  /// Restores the terminal. May be called twice; also happens on deinitialisation.
  public func close() {
    terminal_close()
    errors_restore()
  }

  deinit {
    close()
    if ownsInput { Glibc.close(inputDescriptor) }
  }

  public var size: Size {
    var columns: CInt = 0
    var rows: CInt = 0
    unsafe terminal_size(&columns, &rows)
    return Size(columns: Int(columns), rows: Int(rows))
  }

  /// How many bytes have been sent to the terminal so far.
  public var bytesWritten: Int { Int(clamping: terminal_bytes_written()) }

  /// Sends everything again with the next frame, if another program wrote to the terminal (Ctrl-L).
  public func redraw() { terminal_repaint() }

  public func setMouse(_ isOn: Bool) { terminal_set_mouse(isOn ? 1 : 0) }

  /// Sends bytes unchanged, between frames: sequences that show nothing.
  public func send(_ sequence: String) {
    _ = unsafe terminal_send(sequence, CInt(clamping: sequence.utf8.count))
  }

  /// Queries the brightness of the background; the reply, if any, is a `.background` event of the
  /// loop.
  public func askForBackground() {
    send("\u{1B}]11;?\u{1B}\\")
  }

  /// Queries whether a 24-bit background is shown as such, if more colours than the known ones are
  /// wanted: `COLORTERM` is not passed on by SSH. The reply, if any, is `.directColors`.
  ///
  /// The terminal is set to the colour 1, 2, 3 and queried for its current attributes (DECRQSS);
  /// only a terminal that really uses the colour reports it, whatever is in between.
  public func askForDirectColors() {
    guard mayAskForColors else { return }
    send("\u{1B}[48;2;1;2;3m\u{1B}P$qm\u{1B}\\\u{1B}[m")
  }

  /// Queries whether the terminal shows pictures, by kitty's protocol or as sixels (DA1), and the
  /// size of a cell. The replies, if any, are `.pictures` and `.cellSize`; nothing waits for them.
  ///
  /// Nothing is sent if there are no colours, or to the Linux console, which displays unknown
  /// sequences.
  public func askForPictures() {
    guard abilities.colors != .none, !abilities.isPlain, !abilities.isConsole else { return }
    let kitty = "\u{1B}_Gi=\(kittyQuestion),s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
    send("\u{1B}[16t" + (mayAskForKitty ? kitty : "") + "\u{1B}[c")
  }

  /// - Returns: whether the screen's capabilities have changed.
  public func addPictureFormat(_ format: PictureAbility.Format) -> Bool {
    pictureFormats.insert(format)
    return settlePictures()
  }

  /// - Returns: whether the screen's capabilities have changed.
  public func setCellSize(width: Int, height: Int) -> Bool {
    cellSize = (width, height)
    return settlePictures()
  }

  /// The size of a cell in pixels, for terminals that show sixels but do not answer queries about
  /// their windows, like xterm by default.
  private var cellSizeOfWindow: (width: Int, height: Int)? {
    var (width, height): (CInt, CInt) = (0, 0)
    unsafe terminal_cell_size(&width, &height)
    return width > 0 && height > 0 ? (Int(width), Int(height)) : nil
  }

  /// kitty's protocol scales a picture to its cells; sixels are pixels, so the size of a cell is
  /// required.
  private func settlePictures() -> Bool {
    let before = abilities.pictures
    if pictureFormats.contains(.kitty) {
      let (width, height) = cellSize ?? (10, 20)
      abilities.pictures = PictureAbility(.kitty, cellWidth: width, cellHeight: height)
    } else if pictureFormats.contains(.sixel),
      let (width, height) = cellSize ?? cellSizeOfWindow
    {
      abilities.pictures = PictureAbility(.sixel, cellWidth: width, cellHeight: height)
    }
    return abilities.pictures != before
  }

  /// Switches to 24-bit colours. False if the screen does not change.
  public func useDirectColors() -> Bool {
    guard mayAskForColors, abilities.colors != .direct else { return false }
    let isSwitched = unsafe terminal_switch(terminal_direct_name()) == 0
    if isSwitched { abilities.colors = .direct }
    shown = nil
    pens.removeAll()
    pairs.removeAll()
    return isSwitched
  }
}

// MARK: - Drawing

/// Attributes and a colour pair, as the shim takes them.
private struct Pen {
  var attributes: CInt
  var pair: CInt
}

private struct ColorPair: Hashable {
  var foreground: CInt
  var background: CInt
}

extension NcursesScreen {
  /// Draws a frame: cells that have changed since the last one are sent, in one synchronised
  /// update; nothing is sent if none did. Cells outside the window are dropped, missing ones are
  /// blank.
  public func present(_ frame: Frame, theme: Theme) {
    let size = self.size
    if theme != shownTheme || shown?.size != frame.size {
      shown = nil
      shownTheme = theme
      pens.removeAll(keepingCapacity: true)
      if pairs.count > Int(terminal_color_pairs()) / 2 {
        terminal_forget_pairs()
        pairs.removeAll()
      }
    }
    let columns = 0..<min(size.columns, frame.size.columns)
    let changed = (0..<min(size.rows, frame.size.rows)).filter { isChanged($0, in: frame) }
    for row in changed {
      if let shown, changed.count <= Self.mostRowsInParts {
        for part in frame.changes(inRow: row, since: shown).dropLast() {
          draw(row, of: frame, columns: part.clamped(to: columns))
          terminal_advance()
        }
      }
      draw(row, of: frame, columns: columns)
    }
    if frame.size.rows < size.rows || frame.size.columns < size.columns {
      blankOutside(frame.size, window: size)
    }
    shown = frame
    let cursor = frame.cursor ?? Position(column: 0, row: -1)
    let isInside = cursor.row < size.rows && (0..<max(1, size.columns)).contains(cursor.column)
    _ = terminal_present(isInside ? CInt(clamping: cursor.row) : -1, CInt(clamping: cursor.column))
  }

  /// Of more rows, as where a list scrolls, there is little that stays.
  private static let mostRowsInParts = 4

  private func isChanged(_ row: Int, in frame: Frame) -> Bool {
    guard let shown else { return true }
    let range = row * frame.size.columns..<(row + 1) * frame.size.columns
    return shown.cells[range] != frame.cells[range]
  }

  /// Whole cells are passed to ncurses, which sends those that differ, so that a wide character is
  /// never split.
  private func draw(_ row: Int, of frame: Frame, columns: Range<Int>) {
    let start = row * frame.size.columns
    var column = columns.lowerBound
    while column < columns.upperBound {
      let cell = frame.cells[start + column]
      var end = column + 1
      if !cell.cluster.isEmpty {
        while end < columns.upperBound, end < column + 2, frame.cells[start + end].cluster.isEmpty {
          end += 1
        }
      }
      let pen = pen(for: cell.style)
      unsafe terminal_put(
        CInt(row), CInt(column), CInt(end - column), cell.cluster, pen.attributes, pen.pair)
      column = end
    }
  }

  private func blankOutside(_ drawn: Size, window: Size) {
    let pen = pen(for: Style())
    for row in 0..<window.rows {
      let start = row < drawn.rows ? drawn.columns : 0
      if start < window.columns {
        unsafe terminal_put(
          CInt(row), CInt(start), CInt(window.columns - start), " ", pen.attributes, pen.pair)
      }
    }
  }

  private func pen(for style: Style) -> Pen {
    if let pen = pens[style] { return pen }
    let paint = shownTheme.paint(style, colors: abilities.colors)
    var attributes: CInt = 0
    if paint.attributes.contains(.bold) { attributes |= CInt(TERMINAL_BOLD.rawValue) }
    if paint.attributes.contains(.underline) { attributes |= CInt(TERMINAL_UNDERLINE.rawValue) }
    if paint.attributes.contains(.reverse) { attributes |= CInt(TERMINAL_REVERSE.rawValue) }
    let pen = Pen(attributes: attributes, pair: pair(for: paint))
    pens[style] = pen
    return pen
  }

  private func pair(for paint: Paint) -> CInt {
    let wanted = ColorPair(
      foreground: paint.foreground.terminalNumber(abilities.colors),
      background: paint.background.terminalNumber(abilities.colors))
    if abilities.colors == .none || wanted == ColorPair(foreground: -1, background: -1) { return 0 }
    if let known = pairs[wanted] { return known }
    let number = CInt(pairs.count + 1)
    guard number < terminal_color_pairs(),
      terminal_define_pair(number, wanted.foreground, wanted.background) == 0
    else { return 0 }
    pairs[wanted] = number
    return number
  }
}

extension Color {
  /// By ncurses' numbering of colours at this depth.
  fileprivate func terminalNumber(_ colors: TerminalAbilities.Colors) -> CInt {
    switch (self, colors) {
    case (.terminal, _), (_, .none): return -1
    case (_, .ansi8):
      guard case .indexed(let index) = nearestAnsi else { return -1 }
      return CInt(index)
    case (_, .indexed256):
      guard case .indexed(let index) = nearestIndexed else { return -1 }
      return CInt(index)
    case (.indexed(let index), .direct) where index < 8: return CInt(index)
    case (_, .direct):
      guard let (red, green, blue) = components else { return -1 }
      let value = CInt(red) << 16 | CInt(green) << 8 | CInt(blue)
      // 0-7 are the ANSI colours at that depth.
      return value < 8 ? 0x010101 : value
    }
  }
}

// MARK: - Stopping and going on

extension NcursesScreen {
  public func takeWindowSize() -> Size {
    terminal_resize()
    shown = nil
    return size
  }

  public func suspend() -> Bool {
    terminal_leave()
    errors_restore()
    let wasStopped = job_stop(inputDescriptor) == 0
    if !wasStopped { _ = resume() }
    return wasStopped
  }

  public func resume() -> Bool {
    guard job_is_in_foreground(inputDescriptor) != 0 else { return false }
    _ = unsafe errors_redirect(logPath, logLimit)
    terminal_enter()
    shown = nil
    return true
  }
}
