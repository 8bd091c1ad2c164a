extension StatementMapping {
    public static let builtIn: [StatementMapping] = []
}
