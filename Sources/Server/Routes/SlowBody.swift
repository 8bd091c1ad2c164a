/// A body that arrived too slowly: 408.
struct SlowBody: Error {}
