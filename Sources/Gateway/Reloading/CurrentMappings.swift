import Diagnostics
import Synchronization

/// The mappings that are served now, and how the last look at their folder ended.
final class CurrentMappings: Sendable {
  /// How a look at the folder ended.
  struct Check: Sendable {
    /// Milliseconds since 1970.
    let at: Int64
    /// Why what lies in the folder is not served; `nil` when it is.
    let refusal: [Diagnostic]?
  }

  private struct State {
    var served: ServedMappings
    var check: Check
  }

  private let state: Mutex<State>

  init(_ served: ServedMappings) {
    state = Mutex(State(served: served, check: Check(at: served.since, refusal: nil)))
  }

  /// What a message or a request that begins now is served with, from its beginning to its end.
  var served: ServedMappings { state.withLock { $0.served } }

  /// The same, with the last look at the folder.
  var status: (served: ServedMappings, check: Check) { state.withLock { ($0.served, $0.check) } }

  /// From now on, these.
  func serve(_ mappings: ServedMappings, checked: Int64) {
    state.withLock { $0 = State(served: mappings, check: Check(at: checked, refusal: nil)) }
  }

  /// What lies in the folder can't be served; those before go on.
  func refuse(_ diagnostics: [Diagnostic], checked: Int64) {
    state.withLock { $0.check = Check(at: checked, refusal: diagnostics) }
  }
}
