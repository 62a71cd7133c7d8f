insert into rows values (1, 'a'), (2, 'b');
