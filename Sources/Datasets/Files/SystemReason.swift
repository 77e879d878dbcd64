internal import Foundation
internal import Glibc

/// The system's own words for what went wrong with a file: `no such file or directory`.
package enum SystemReason {
  package static func sentence(_ error: any Error) -> String {
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    if underlying.domain == NSPOSIXErrorDomain { return sentence(errno: Int32(underlying.code)) }
    return error.localizedDescription
  }

  package static func sentence(errno code: Int32) -> String {
    unsafe String(cString: strerror(code)).lowercased()
  }
}
