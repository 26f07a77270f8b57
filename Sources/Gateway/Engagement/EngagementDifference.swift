/// What the index must be told so that it knows what is implied.
enum EngagementDifference {
  /// What leads from what was told to what is implied: first what goes, then what comes or is newer; by their
  /// keys, so that it is always the same.
  static func transactions(from told: [Engagement], to implied: [Engagement]) -> [EngagementTransaction] {
    let (before, after) = (told.united, implied.united)
    let gone = before.values.filter { after[$0.key] == nil }
    let news = after.values.filter { before[$0.key] != $0 }
    return ordered(gone).map { EngagementTransaction(engagement: Engagement(key: $0.key), isDeletion: true) }
      + ordered(news).map { EngagementTransaction(engagement: $0, isDeletion: false) }
  }

  /// What was told, once these are.
  static func told(_ told: [Engagement], after transactions: [EngagementTransaction]) -> [Engagement] {
    var known = told.united
    for transaction in transactions {
      known[transaction.engagement.key] = transaction.isDeletion ? nil : transaction.engagement
    }
    return ordered(known.values)
  }

  private static func ordered(_ posts: some Collection<Engagement>) -> [Engagement] {
    posts.map { (order($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static func order(_ post: Engagement) -> String {
    post.key.parts.map { "\($0.name)=\($0.text ?? "")" }.joined(separator: "\n")
  }
}
