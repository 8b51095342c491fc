// The contents of this module are made by EmbedPlugin from Seeds/*.csv.
