/// The files of a catalogue, in the order they depend on one another.
public enum CatalogueFile: String, Sendable, CaseIterable {
    case localities, agencies, procedures, fees, reductions, discounts, targets

    public var fileName: String { rawValue + ".csv" }
}
