public import Collection
public import FeeSchedule

extension CatalogueStore {
    /// By somebody with the database's own rights.
    public func importFiles(_ files: [(file: CatalogueFile, bytes: [UInt8])], by name: String) async throws -> Outcome {
        try await importFiles(files, by: Person(id: "cli:" + name, name: name))
    }
}
