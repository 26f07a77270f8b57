/// A change of the hub that was worked out from what the store held. When that is no longer so, the record
/// that it belongs to fails as ``StoreError/stale`` and is to be worked out anew.
public enum HubChange: Sendable, Hashable {
  /// A new resource, or a new version of one.
  case put(HubPut)
  /// A contributor told once more what the resource says already, later.
  case confirm(HubConfirmation)
  /// A contributor listed the resources that are part of another.
  case list(HubList)
  /// A resource is to be found by other keys; it stays as it is.
  case index(HubIndexing)
  /// What a message told changes nothing; only its trace shows it.
  case ignore(HubIgnored)

  /// Bytes that the change keeps in memory, about.
  var bytes: Int {
    guard case .put(let put) = self else { return 64 }
    return put.statements.reduce(put.content.count) { $0 + ($1.content?.count ?? 0) }
  }
}
