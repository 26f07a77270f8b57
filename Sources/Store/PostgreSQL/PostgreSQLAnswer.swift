/// A result that is there once the batch was flushed.
final class PostgreSQLAnswer<Value> {
  private var made: () -> Result<Value, StoreError>

  /// One that is not there yet.
  init() {
    made = { .failure(.unreachable(doing: "writing a batch")) }
  }

  init(_ value: Result<Value, StoreError>) {
    made = { value }
  }

  /// One that is put together of others when it is asked for.
  init(_ make: @escaping () -> Result<Value, StoreError>) {
    made = make
  }

  var value: Result<Value, StoreError> {
    get { made() }
    set { made = { newValue } }
  }
}
