internal import Molecules
internal import Synchronization
internal import TerminalUI

extension CellLayout {
  /// The arguments of a layout.
  private struct Request: Equatable {
    let depiction: Depiction
    let size: Size
    let zoom: Float
    let isASCII: Bool
  }

  /// How many layouts are cached: those of the visible molecules, in the sizes of a few panes.
  private static let mostKept = 8
  private static let keptLayouts = Mutex<[(request: Request, layout: CellLayout)]>([])

  /// The layout for a rectangle of cells, enlarged by a factor. The last layouts are cached,
  /// because a molecule is drawn again after each key, and few keys change its size.
  static func kept(
    of depiction: Depiction, in size: Size, zoom: Float, isASCII: Bool
  ) -> CellLayout {
    let request = Request(depiction: depiction, size: size, zoom: zoom, isASCII: isASCII)
    let known = keptLayouts.withLock { kept in kept.last { $0.request == request }?.layout }
    if let known { return known }
    let layout = made(for: request)
    keptLayouts.withLock { kept in
      kept.append((request, layout))
      if kept.count > mostKept { kept.removeFirst() }
    }
    return layout
  }

  private static func made(for request: Request) -> CellLayout {
    let lettering = Lettering(request.depiction, isASCII: request.isASCII)
    let fitting = fitting(lettering, in: request.size)
    let scale = min(max((fitting?.scale ?? panned) * request.zoom, 2), 60)
    if let fitting, fitting.scale == scale { return fitting }
    return CellLayout(lettering, scale: scale)
  }
}
