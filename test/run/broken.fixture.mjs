throw new Error('a file that does not load')
