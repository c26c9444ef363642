"""The offline copy: the built site as one zip that opens from a folder, without a server and without the internet."""
