// The contents of this module are made by EmbedPlugin from the guides to which the links of this folder lead.
