import Values

/// A body that cannot be read at all: 400, whereas errors in its fields are 422.
struct MalformedBody: Error { let detail: Phrase }
