internal import FoundationEssentials
internal import Glibc

/// The system's own description of an error: `no such file or directory`.
package enum SystemReason {
  package static func sentence(_ error: any Error) -> String {
    let cause = unsafe (error as? CocoaError)?.userInfo["NSUnderlyingError"] ?? error
    if let cause = cause as? POSIXError { return sentence(errno: cause.code.rawValue) }
    return String(describing: error)
  }

  package static func sentence(errno code: Int32) -> String {
    unsafe String(cString: strerror(code)).lowercased()
  }
}
