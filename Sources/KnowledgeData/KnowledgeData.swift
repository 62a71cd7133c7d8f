// The values of this module are generated from the folder knowledge/ when the package is built: see KnowledgePlugin.
@_exported import Knowledge
