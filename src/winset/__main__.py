from winset.cli.main import main

main()
