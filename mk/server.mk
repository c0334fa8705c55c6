# server.mk - the project's private server (pk-server), for when localDbUrl is empty.

.PHONY: server-start server-stop server-status server-url
server-start: $(TOOLS)/pk-server | $(setup.server) ## start the project's private PostgreSQL, print its URL
	@$(TOOLS)/pk-server start

server-stop: $(TOOLS)/pk-server ## stop it
	@$(TOOLS)/pk-server stop

server-status: $(TOOLS)/pk-server ## whether it runs
	@$(TOOLS)/pk-server status

server-url: $(TOOLS)/pk-server ## its URL
	@$(TOOLS)/pk-server url
