/// Where content keys are kept, wrapped, apart from what they encrypt: neither backups of the store nor its engine's log
/// are to bring a destroyed one back.
///
/// All functions may be called from any thread.
protocol ContentKeyPlace: Sendable {
  /// A key; nil when there is none, or no more.
  func wrapped(_ name: ContentKeyName) throws(StoreError) -> [UInt8]?

  /// Keeps a new key; on return it is durable.
  /// - Returns: the key that is kept, which is another one's when that came first.
  func keep(_ wrapped: [UInt8], as name: ContentKeyName) throws(StoreError) -> [UInt8]

  /// The keys of the days before one.
  func names(before day: Int64) throws(StoreError) -> [ContentKeyName]

  /// One of the keys of the last day; nil when there are none.
  func last() throws(StoreError) -> ContentKeyName?

  /// Destroys a key, so that nothing can bring it back.
  func destroy(_ name: ContentKeyName) throws(StoreError)
}
